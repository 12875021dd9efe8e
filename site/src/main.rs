//! The documentation as a static site: `cargo run --package equipoise-site [FOLDER]`, by default `target/site`.
//!
//! Every page of `docs/`, the README as the first one, what is said of the shipped data, and the
//! pictures. Pages load nothing from anywhere.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

const STYLE: &str = include_str!("../../src/report/html/style.css");

fn main() -> Result<(), Box<dyn Error>> {
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("it is in the crate's folder")?;
    let site = env::args_os().nth(1).map_or_else(|| root.join("target/site"), PathBuf::from);
    let mut sources = vec![
        root.join("README.md"),
        root.join("data/README.md"),
        root.join("python/README.md"),
        root.join("CITATION.cff"),
    ];
    files(&root.join("docs"), &mut sources)?;
    let mut pages = 0;
    for source in sources {
        let place = source.strip_prefix(root)?;
        let target = site.join(page_of(place));
        fs::create_dir_all(target.parent().ok_or("a page has a folder")?)?;
        match source.extension().and_then(|ending| ending.to_str()) {
            Some("md") => {
                let up = "../".repeat(place.components().count() - 1);
                fs::write(target, page(&fs::read_to_string(&source)?, &up))?;
                pages += 1;
            }
            _ => fs::copy(&source, &target).map(|_| ())?,
        }
    }
    println!("{pages} pages: {}", site.join("index.html").display());
    Ok(())
}

/// All files below a folder.
fn files(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { files(&path, found)? } else { found.push(path) }
    }
    Ok(())
}

/// Where a file is on the site: `README.md` is the page of its folder.
fn page_of(place: &Path) -> PathBuf {
    match place.file_name().and_then(|name| name.to_str()) {
        Some("README.md") => place.with_file_name("index.html"),
        _ if place.extension().is_some_and(|ending| ending == "md") => place.with_extension("html"),
        _ => place.to_owned(),
    }
}

/// A page of the site; `up` leads to its first one.
fn page(text: &str, up: &str) -> String {
    let title = text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or("equipoise");
    let mut events: Vec<Event> =
        Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES).collect();
    for at in 0..events.len() {
        let (before, after) = events.split_at_mut(at + 1);
        match &mut before[at] {
            Event::Start(Tag::Link { dest_url, .. }) => *dest_url = link(dest_url.clone()),
            Event::Start(Tag::Heading { id, .. }) => *id = Some(name_of(after).into()),
            _ => {}
        }
    }
    let mut body = String::new();
    html::push_html(&mut body, events.into_iter());
    // Long tables and lines scroll in themselves.
    let body = body
        .replace("<table>", "<div class=\"wide\"><table>")
        .replace("</table>", "</table></div>");
    let nav = [
        ("index.html", "equipoise"),
        ("docs/index.html", "Documentation"),
        ("docs/reference.html", "Reference"),
        ("docs/gallery.html", "Gallery"),
    ];
    let nav: Vec<String> =
        nav.iter().map(|(place, name)| format!("<a href=\"{up}{place}\">{name}</a>")).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>{STYLE}\nimg {{ max-width: 100%; background: #fff; }} \
         pre {{ overflow-x: auto; white-space: pre; }}</style></head>\n\
         <body><nav aria-label=\"Site\">{}</nav>\n<main>\n{body}</main></body></html>\n",
        title.replace('&', "&amp;").replace('<', "&lt;"),
        nav.join(" · ")
    )
}

/// What links call a heading that begins with these events: `#any-cooperative-game`.
fn name_of(events: &[Event]) -> String {
    let inside = events.iter().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
    let text: String = inside
        .filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
            _ => None,
        })
        .collect();
    let kept = text.to_lowercase().replace(' ', "-");
    kept.chars().filter(|c| c.is_alphanumeric() || "-_".contains(*c)).collect()
}

/// A link to a page of Markdown leads to its page on the site.
fn link(to: CowStr) -> CowStr {
    let (path, part) = to.split_once('#').map_or((&*to, None), |(path, part)| (path, Some(part)));
    if path.contains("://") || !path.ends_with(".md") {
        return to;
    }
    let page = page_of(Path::new(path)).to_string_lossy().replace('\\', "/");
    match part {
        Some(part) => format!("{page}#{part}").into(),
        None => page.into(),
    }
}
