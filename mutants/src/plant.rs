//! Plants faults in the text of a file: every operator, literal and comparison gets a switch.

use std::ops::Range;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{BinOp, Expr, Lit, UnOp};

/// One fault: an expression and what is put in its place.
#[derive(Debug, Clone)]
pub struct Fault {
    /// Where in the text of the file.
    pub place: Range<usize>,
    /// The line, from 1.
    pub line: usize,
    /// What stands there instead.
    pub instead: String,
}

/// All faults of a file's code outside tests, constants and macros.
pub fn faults(text: &str) -> Vec<Fault> {
    let Ok(file) = syn::parse_file(text) else { return Vec::new() };
    let mut planter = Planter { text, faults: Vec::new() };
    planter.visit_file(&file);
    planter.faults
}

/// The text with a switch for each of these faults, by their numbers.
pub fn planted(text: &str, faults: &[(usize, &Fault)]) -> String {
    let mut sorted = faults.to_vec();
    sorted.sort_by_key(|(id, fault)| (fault.place.start, std::cmp::Reverse(fault.place.end), *id));
    render(text, 0..text.len(), &sorted)
}

/// A stretch of the text, with the switches of the faults that lie in it.
fn render(text: &str, stretch: Range<usize>, faults: &[(usize, &Fault)]) -> String {
    let mut out = String::new();
    let (mut at, mut next) = (stretch.start, 0);
    while next < faults.len() {
        let place = &faults[next].1.place;
        let same = faults[next..].iter().take_while(|(_, f)| f.place == *place).count();
        let rest = &faults[next + same..];
        let inside = rest.iter().take_while(|(_, f)| f.place.end <= place.end).count();
        out.push_str(&text[at..place.start]);
        // One fault is switched on at a time, so what stands instead needs no switches itself.
        out.push('(');
        for (id, fault) in &faults[next..next + same] {
            out.push_str(&format!("if crate::planted::on({id}) {{ {} }} else ", fault.instead));
        }
        out.push_str(&format!("{{ {} }})", render(text, place.clone(), &rest[..inside])));
        at = place.end;
        next += same + inside;
    }
    out.push_str(&text[at..stretch.end]);
    out
}

struct Planter<'a> {
    text: &'a str,
    faults: Vec<Fault>,
}

impl Planter<'_> {
    fn source(&self, node: &impl Spanned) -> &str {
        &self.text[node.span().byte_range()]
    }

    fn add(&mut self, node: &Expr, instead: String) {
        let span = node.span();
        self.faults.push(Fault { place: span.byte_range(), line: span.start().line, instead });
    }

    fn expression(&mut self, node: &Expr) {
        match node {
            Expr::Binary(binary) if !has_let(&binary.left) && !has_let(&binary.right) => {
                for operator in others(&binary.op) {
                    let (left, right) = (self.source(&binary.left), self.source(&binary.right));
                    self.add(node, format!("{left} {operator} {right}"));
                }
            }
            Expr::Unary(unary) if matches!(unary.op, UnOp::Not(_) | UnOp::Neg(_)) => {
                self.add(node, self.source(&unary.expr).to_owned());
            }
            Expr::Lit(literal) => {
                if let Some(other) = other_literal(&literal.lit) {
                    self.add(node, other);
                }
            }
            Expr::MethodCall(call) => {
                let other = match call.method.to_string().as_str() {
                    "min" => "max",
                    "max" => "min",
                    "min_by" => "max_by",
                    "max_by" => "min_by",
                    "any" => "all",
                    "all" => "any",
                    "is_some" => "is_none",
                    "is_none" => "is_some",
                    "saturating_sub" => "saturating_add",
                    _ => return,
                };
                let place = node.span().byte_range();
                let name = call.method.span().byte_range();
                let (before, after) =
                    (&self.text[place.start..name.start], &self.text[name.end..place.end]);
                self.add(node, format!("{before}{other}{after}"));
            }
            _ => {}
        }
    }
}

impl<'ast> Visit<'ast> for Planter<'_> {
    fn visit_expr(&mut self, node: &'ast Expr) {
        self.expression(node);
        visit::visit_expr(self, node);
    }

    fn visit_expr_repeat(&mut self, node: &'ast syn::ExprRepeat) {
        // Its length is a constant.
        self.visit_expr(&node.expr);
    }

    fn visit_item_fn(&mut self, node: &'ast syn::ItemFn) {
        if node.sig.constness.is_none() && !is_test(&node.attrs) {
            visit::visit_item_fn(self, node);
        }
    }

    fn visit_impl_item_fn(&mut self, node: &'ast syn::ImplItemFn) {
        if node.sig.constness.is_none() {
            visit::visit_impl_item_fn(self, node);
        }
    }

    fn visit_item_mod(&mut self, node: &'ast syn::ItemMod) {
        if !is_test(&node.attrs) {
            visit::visit_item_mod(self, node);
        }
    }

    fn visit_item_const(&mut self, _: &'ast syn::ItemConst) {}
    fn visit_item_static(&mut self, _: &'ast syn::ItemStatic) {}
    fn visit_item_enum(&mut self, _: &'ast syn::ItemEnum) {}
    fn visit_impl_item_const(&mut self, _: &'ast syn::ImplItemConst) {}
    fn visit_type(&mut self, _: &'ast syn::Type) {}
    fn visit_pat(&mut self, _: &'ast syn::Pat) {}
    fn visit_macro(&mut self, _: &'ast syn::Macro) {}
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
    fn visit_generic_argument(&mut self, _: &'ast syn::GenericArgument) {}
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || (attribute.path().is_ident("cfg")
                && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test")))
    })
}

/// Whether a condition binds names, so that it cannot stand in parentheses.
fn has_let(node: &Expr) -> bool {
    match node {
        Expr::Let(_) => true,
        Expr::Binary(binary) => has_let(&binary.left) || has_let(&binary.right),
        _ => false,
    }
}

fn others(operator: &BinOp) -> &'static [&'static str] {
    match operator {
        BinOp::Add(_) => &["-"],
        BinOp::Sub(_) => &["+"],
        BinOp::Mul(_) => &["+"],
        BinOp::Div(_) => &["*"],
        BinOp::Rem(_) => &["/"],
        BinOp::Lt(_) => &["<=", ">"],
        BinOp::Le(_) => &["<", ">"],
        BinOp::Gt(_) => &[">=", "<"],
        BinOp::Ge(_) => &[">", "<"],
        BinOp::Eq(_) => &["!="],
        BinOp::Ne(_) => &["=="],
        BinOp::And(_) => &["||"],
        BinOp::Or(_) => &["&&"],
        BinOp::BitAnd(_) => &["|"],
        BinOp::BitOr(_) => &["&"],
        BinOp::BitXor(_) => &["|"],
        BinOp::Shl(_) => &[">>"],
        BinOp::Shr(_) => &["<<"],
        BinOp::AddAssign(_) => &["-="],
        BinOp::SubAssign(_) => &["+="],
        BinOp::MulAssign(_) => &["/="],
        BinOp::DivAssign(_) => &["*="],
        BinOp::BitAndAssign(_) => &["|="],
        BinOp::BitOrAssign(_) => &["&="],
        _ => &[],
    }
}

fn other_literal(literal: &Lit) -> Option<String> {
    match literal {
        Lit::Bool(bool) => Some((!bool.value).to_string()),
        Lit::Int(int) => {
            let value: u128 = int.base10_parse().ok()?;
            Some(format!("{}{}", value.checked_add(1)?, int.suffix()))
        }
        Lit::Float(float) => {
            let value: f64 = float.base10_parse().ok()?;
            let other = if value < 1e-3 && value > 0.0 { value * 1e3 } else { value + 1.0 };
            Some(format!("{other:?}{}", float.suffix()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_nest_without_doubling() {
        let text = "fn f(a: u8, b: u8) -> bool { a + 1 < b }\nconst C: u8 = 1;\n";
        let found = faults(text);
        let instead: Vec<&str> = found.iter().map(|fault| fault.instead.as_str()).collect();
        assert_eq!(instead, ["a + 1 <= b", "a + 1 > b", "a - 1", "2"]);
        let numbered: Vec<(usize, &Fault)> = found.iter().enumerate().collect();
        let planted = planted(text, &numbered);
        assert_eq!(planted.matches("planted::on").count(), 4);
        assert!(syn::parse_file(&planted).is_ok(), "{planted}");
    }
}
