// What is asked: the state of the controls, and a request for each panel, the newest first.
const page = { about: null, options: { solve: {}, sweep: {}, simulate: {} }, rows: null, blocs: null, report: null, held: 0 };

// The film that is drawn while a control moves, and the one when it rests; so with the triangle.
const QUICK = { simulate: { runs: "20" }, sweep: { resolution: "6", refine: "1" } };
const FULL = { simulate: { runs: "200" }, sweep: { resolution: "16", refine: "2" } };

// Slider: command options it sets, its ends and step.
const SLIDERS = {
  model: [
    ["decisiveness", ["solve", "sweep", "simulate"], 0, 6, 0.1],
    ["dominance", ["solve", "sweep", "simulate"], 0, 4, 0.05],
    ["war-cost", ["solve", "sweep"], 0, 0.95, 0.01],
    ["threshold", ["solve", "sweep", "simulate"], 0.05, 0.95, 0.01],
  ],
  security: [
    ["forbearance", ["solve"], 0, 1, 0.01],
    ["retribution", ["solve"], 0, 1, 0.01],
    ["commitment-cost", ["solve"], 0, 1, 0.01],
    ["latent-hostility", ["solve"], 0, 1, 0.01],
  ],
  threat: [["threat-weight", ["solve"], 0, 2, 0.05]],
  film: [
    ["cumulativity", ["simulate"], 0, 1, 0.05],
    ["openness", ["simulate"], 0, 0.2, 0.01],
  ],
};

async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body ?? {}),
  });
  if (!answer.ok) throw new Error(`the program answered ${answer.status}`);
  return answer;
}

function trouble(text) {
  $("trouble").hidden = !text;
  $("trouble").textContent = text ?? "";
}

// --- requests ---------------------------------------------------------------------------------

const field = (text) => (/[",\n\r]/.test(text) ? `"${String(text).replaceAll('"', '""')}"` : String(text));
const table = (names, rows) => [names, ...rows].map((row) => row.map(field).join(",")).join("\n") + "\n";

// The states as they were changed, as a file; null where they were not.
function changedSystem() {
  if (!page.rows) return null;
  const kept = ["offence", "revisionism", "growth", "bloc"].filter((key) => page.rows.some((row) => row[key] !== undefined));
  const year = page.rows.year === undefined ? [] : ["year"];
  const rows = page.rows.map((row) => [row.id, row.name ?? "", row.power.toFixed(4), ...year.map(() => page.rows.year), ...kept.map((key) => row[key] ?? "")]);
  return table(["state", "name", "power", ...year, ...kept], rows);
}

// What is known of their pairs; a bloc has the pairs of its strongest member.
function changedPairs() {
  if (!page.rows?.pairs?.length) return null;
  const names = ["distance", "hostility", "affinity", "commitment"].filter((key) => page.rows.pairs.some((pair) => pair[key] !== undefined));
  const of = new Map(page.rows.map((row) => [row.face, row.id]));
  const known = page.rows.pairs.filter((pair) => of.has(pair.state1) && of.has(pair.state2));
  if (known.length === 0) return null;
  const cell = (value) => (value === undefined ? "" : Number(value));
  return table(["state1", "state2", ...names], known.map((pair) => [of.get(pair.state1), of.get(pair.state2), ...names.map((key) => cell(pair[key]))]));
}

function ask(command, more = {}) {
  const plane = command === "sweep" ? { shares: "triangle", by: "verdict" } : {};
  const options = { ...plane, ...page.options[command], ...more };
  if (page.rows || command === "sweep") for (const name of ["year", "top", "capability"]) delete options[name];
  if (command === "solve") Object.assign(options, blocsOption());
  const changed = command === "sweep" ? {} : { system: changedSystem(), pairs: changedPairs() };
  return { command, options: Object.entries(options), ...changed };
}

const film = () => (page.held ? QUICK : FULL);
// A panel: what it asks, and what it shows of the answer.
const lanes = {
  solve: {
    make: () => ({ ...ask("solve"), figures: ["lenses", "blocs", ...(page.blocs ? ["partition"] : []), "threats"] }),
    show: (report) => {
      page.report = report;
      if (!page.rows) drawRows();
      else keepRows();
      fillTargets(report);
      showVerdict(report);
      showBlocs(report);
      showOwn(report);
      showSecurity(report);
    },
  },
  sweep: { make: () => ({ ...ask("sweep", film().sweep), figures: ["phase"] }), show: () => {} },
  simulate: { make: () => ({ ...ask("simulate", film().simulate), figures: ["balancing"] }), show: showFilm },
};

// Asks for a panel; while an answer is awaited only the newest wish is kept.
async function redraw(name) {
  const lane = lanes[name];
  lane.again = true;
  if (lane.busy) return;
  lane.busy = true;
  document.body.dataset.busy = Object.values(lanes).filter((lane) => lane.busy).length;
  while (lane.again) {
    lane.again = false;
    try {
      const answer = await (await post("show", lane.make())).json();
      if (answer.error) {
        lane.trouble = answer.error;
      } else {
        lane.trouble = null;
        lane.command = answer.command;
        lane.show(answer.report);
        for (const [figure, drawn] of answer.figures) showFigure(`f-${figure}`, drawn);
      }
    } catch (error) {
      lane.trouble = error.message === "Failed to fetch" ? "the program has ended: start it again" : error.message;
    }
    trouble(Object.values(lanes).map((lane) => lane.trouble).find(Boolean));
  }
  lane.busy = false;
  const busy = Object.values(lanes).filter((lane) => lane.busy).length;
  document.body.dataset.busy = busy;
  showCommands();
}

function redrawAll() {
  Object.keys(lanes).forEach(redraw);
}

// --- controls ---------------------------------------------------------------------------------

const parameter = (command, name) => page.about.parameters.find((known) => known.command === command && known.name === name);

// Sets an option, or leaves it out where it is what it would be anyway.
function setOption(commands, name, value) {
  for (const command of commands) {
    const base = page.about.base.some(([known]) => known === name) && command !== "sweep";
    const given = parameter(command, name)?.default;
    const same = given !== undefined && given !== null && (given === value || Number(given) === Number(value));
    if (value === "" || (same && !base)) delete page.options[command][name];
    else page.options[command][name] = value;
  }
  commands.forEach(redraw);
}

function slider(place, [name, commands, low, high, step]) {
  const known = parameter(commands[0], name);
  const id = `p-${name}`;
  const value = known.default ?? "0";
  const shown = make("output", { htmlFor: id }, Number(value).toFixed(2));
  const range = make("input", { type: "range", id, min: low, max: high, step, "aria-describedby": `${id}-help` });
  range.value = value;
  range.addEventListener("input", () => {
    shown.textContent = Number(range.value).toFixed(2);
    setOption(commands, name, range.value);
  });
  const words = name.replaceAll("-", " ");
  const help = make("span", { className: "note", id: `${id}-help` }, known.help);
  place.append(make("div", { className: "parameter" }, make("label", { htmlFor: id }, words), range, shown, help));
}

function chooser(place, name, commands, values) {
  const id = `p-${name}`;
  const select = make("select", { id }, ...values.map((value) => make("option", { value }, value)));
  select.addEventListener("change", () => setOption(commands, name, select.value));
  place.append(make("p", { className: "choices" }, make("label", { htmlFor: id }, name), select));
  return select;
}

// The states of the report in the list of targets, and the choice kept.
function fillTargets(report) {
  const select = $("p-target");
  const ids = report.system.states.map((state) => state.id);
  const wanted = ["threat", "leader", ...ids];
  if (wanted.join() === [...select.options].map((option) => option.value).join()) return;
  const chosen = select.value;
  select.replaceChildren(...wanted.map((value) => make("option", { value }, value)));
  select.value = wanted.includes(chosen) ? chosen : "threat";
  if (select.value !== chosen) setOption(["solve"], "target", select.value);
}

// --- states -----------------------------------------------------------------------------------

// The states of the last report become those of the page.
function change() {
  if (page.rows) return;
  const { states, pairs, year } = page.report.system;
  page.rows = states.map((state) => ({ ...state, face: state.id, power: 100 * state.share }));
  page.rows.pairs = pairs;
  page.rows.year = year;
}

// Gives a state a share of all power; the others keep theirs among themselves.
function setShare(at, share) {
  change();
  const rest = page.rows.reduce((sum, row, k) => (k === at ? sum : sum + row.power), 0);
  page.rows.forEach((row, k) => {
    row.power = k === at ? share : (row.power * (100 - share)) / rest;
    // A state without power is none.
    row.power = Math.max(row.power, 0.01);
  });
  keepRows();
  changed();
}

function changed() {
  redraw("solve");
  redraw("simulate");
}

function remove(at) {
  change();
  page.rows.splice(at, 1);
  rescale();
}

// Binds a state to another: one row of both.
function bind(at, to) {
  if (at === to) return;
  change();
  const [one, other] = [page.rows[at], page.rows[to]];
  const strong = one.power > other.power ? one : other;
  const both = {
    ...strong, id: `${other.id}+${one.id}`, name: [other.name ?? other.id, one.name ?? one.id].join(" and "),
    power: one.power + other.power, parts: [other, one],
  };
  delete both.bloc;
  page.rows[to] = both;
  page.rows.splice(at, 1);
  rescale();
}

function separate(at) {
  const row = page.rows[at];
  const sum = row.parts.reduce((sum, part) => sum + part.power, 0);
  const parts = row.parts.map((part) => ({ ...part, power: (part.power * row.power) / sum }));
  page.rows.splice(at, 1, ...parts);
  rescale();
}

function rescale() {
  const sum = page.rows.reduce((sum, row) => sum + row.power, 0);
  page.rows.forEach((row) => { row.power *= 100 / sum; });
  drawRows();
  changed();
}

const current = () => page.rows ?? page.report.system.states.map((state) => ({ ...state, power: 100 * state.share }));

// New positions of sliders that are there already: who drags one keeps it.
function keepRows() {
  const rows = current();
  $("reset").disabled = !page.rows;
  $("source").textContent = page.rows
    ? "Shares as they were changed here: measure and year are those they began with."
    : `Shares as ${page.about.name} has them. Moving one leaves the others in proportion.`;
  rows.forEach((row, at) => {
    const range = $(`s-${at}`);
    if (range && document.activeElement !== range) range.value = row.power;
    if ($(`o-${at}`)) $(`o-${at}`).textContent = `${row.power.toFixed(1)} %`;
  });
}

function drawRows() {
  const rows = current();
  const ids = rows.map((row) => row.id).join("\n");
  if ($("rows").dataset.ids === ids) return keepRows();
  $("rows").dataset.ids = ids;
  const made = rows.map((row, at) => {
    const id = `s-${at}`;
    const range = make("input", { type: "range", id, min: 0.5, max: 95, step: 0.1, value: row.power });
    range.value = row.power;
    range.addEventListener("input", () => setShare(at, Number(range.value)));
    const others = rows.map((other, to) => [other, to]).filter(([, to]) => to !== at);
    const bound = make("select", { "aria-label": `Bind ${row.id} to` }, make("option", { value: "" }, "bind to"),
      ...others.map(([other, to]) => make("option", { value: to }, other.id)));
    bound.addEventListener("change", () => bound.value !== "" && bind(at, Number(bound.value)));
    const part = row.parts
      ? make("button", { type: "button", onclick: () => separate(at) }, "Separate")
      : make("button", { type: "button", "aria-label": `Remove ${row.id}`, disabled: rows.length <= 2, onclick: () => remove(at) }, "×");
    const label = make("label", { htmlFor: id, title: row.name ?? row.id }, row.id);
    return make("div", { className: "row" }, label, range, make("output", { id: `o-${at}`, htmlFor: id }, `${row.power.toFixed(1)} %`), bound, part);
  });
  $("rows").replaceChildren(...made);
  keepRows();
  $("board").replaceChildren(...rows.map((row, at) => token(row, at)));
}

// Lets an element be dragged onto one that matches.
function dragged(item, onto, drop) {
  let over = null;
  item.addEventListener("pointerdown", (event) => {
    item.setPointerCapture(event.pointerId);
    item.classList.add("held");
    event.preventDefault();
  });
  item.addEventListener("pointermove", (event) => {
    if (!item.classList.contains("held")) return;
    over?.classList.remove("over");
    over = document.elementFromPoint(event.clientX, event.clientY)?.closest(onto) ?? null;
    if (over === item) over = null;
    over?.classList.add("over");
  });
  const end = (event) => {
    const to = event.type === "pointerup" ? over : null;
    item.classList.remove("held");
    over?.classList.remove("over");
    over = null;
    if (to) drop(to);
  };
  item.addEventListener("pointerup", end);
  item.addEventListener("pointercancel", end);
}

// A state that can be dragged onto another.
function token(row, at) {
  const item = make("li", { title: row.name ?? row.id }, row.id);
  item.dataset.at = at;
  dragged(item, "#board li", (over) => bind(at, Number(over.dataset.at)));
  return item;
}

// --- commands and files -----------------------------------------------------------------------

function save(name, content) {
  const link = make("a", { href: URL.createObjectURL(new Blob([content])), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

async function write(request) {
  try {
    const answer = await post("write", request);
    if (answer.headers.get("Content-Type") === "application/json") trouble((await answer.json()).error);
    else save(request.file, await answer.blob());
  } catch (error) {
    trouble(error.message);
  }
}

// The files that the commands read and that are not on the disk yet.
function needed() {
  const pairs = changedPairs();
  if (page.rows) return [["explored.csv", changedSystem()], ...(pairs ? [["explored-pairs.csv", pairs]] : [])];
  return page.about.unsaved ? [[page.about.file, page.about.unsaved]] : [];
}

function showCommands() {
  const files = needed();
  $("needs").replaceChildren(...(files.length === 0 ? ["These commands give what is shown:"] : ["These commands give what is shown, beside the saved "]),
    ...files.map(([name, text]) => make("button", { type: "button", onclick: () => save(name, text) }, name)));
  const shown = Object.values(lanes).filter((lane) => lane.command).map((lane) => {
    const copy = make("button", { type: "button", "aria-label": `Copy ${lane.command}` }, "Copy");
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(lane.command);
      copy.textContent = "Copied";
    });
    return make("div", {}, make("pre", {}, lane.command), copy);
  });
  $("commands").replaceChildren(...shown);
}

function exports() {
  const form = make("select", { "aria-label": "Form of the report" }, ...page.about.forms.map((form) => make("option", {}, form)));
  const button = make("button", { type: "button", id: "save" }, "Save the report");
  button.addEventListener("click", () => write({ ...ask("solve"), file: `report.${form.value}` }));
  $("export").replaceChildren(form, button);
  const figures = { lenses: "solve", blocs: "solve", partition: "solve", threats: "solve", phase: "sweep", balancing: "simulate" };
  for (const [name, command] of Object.entries(figures)) {
    const buttons = page.about.drawn.map((ending) => {
      const label = ending.toUpperCase();
      const save = make("button", { type: "button", "aria-label": `Save the figure ${name} as ${label}` }, label);
      save.addEventListener("click", () => write({ ...ask(command, FULL[command]), file: `${name}.${ending}` }));
      return save;
    });
    $(`f-${name}`).append(make("figcaption", { className: "choices note" }, "Save as", ...buttons));
  }
}

// --- beginning --------------------------------------------------------------------------------

async function begin() {
  page.about = await (await post("start")).json();
  const { about } = page;
  const given = (name) => about.base.find(([known]) => known === name)?.[1];
  $("name").textContent = about.name;
  document.title = `equipoise explore: ${about.name}`;
  const measures = [...new Set(["", ...about.columns, ...(about.columns.length > 1 ? ["cinc"] : [])])];
  const usual = given("capability") ?? given("weights") ?? "the file's usual";
  $("capability").append(...measures.map((value) => make("option", { value }, value || usual)));
  if (about.years.length > 1) {
    $("l-year").hidden = false;
    $("year").append(...about.years.map((year) => make("option", { value: year }, year)));
    const year = given("year") ?? String(about.years.at(-1));
    $("year").value = year;
    if (!given("year")) page.options.solve.year = page.options.simulate.year = year;
  }
  for (const name of ["year", "capability", "top"]) {
    $(name).addEventListener("change", () => {
      page.rows = null;
      setOption(["solve", "simulate"], name, $(name).value);
    });
  }
  const target = chooser($("security"), "target", ["solve"], ["threat", "leader"]);
  target.value = "threat";
  chooser($("threat"), "driver", ["solve"], parameter("solve", "driver").values);
  for (const [place, sliders] of Object.entries(SLIDERS)) sliders.forEach((known) => slider($(place), known));
  $("controls").addEventListener("submit", (event) => event.preventDefault());
  // While a control is held figures that take long are drawn coarsely.
  addEventListener("pointerdown", (event) => { if (event.target.type === "range") page.held = 1; });
  const rest = () => {
    if (!page.held) return;
    page.held = 0;
    redraw("sweep");
    redraw("simulate");
  };
  addEventListener("pointerup", rest);
  addEventListener("pointercancel", rest);
  $("add").addEventListener("click", () => {
    const id = $("new").value.trim();
    if (!id) return $("new").focus();
    change();
    if (page.rows.some((row) => row.id === id)) return trouble(`there is a state ${id} already`);
    const mean = page.rows.reduce((sum, row) => sum + row.power, 0) / page.rows.length;
    page.rows.push({ id, face: id, power: mean });
    $("new").value = "";
    rescale();
  });
  $("new").addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); $("add").click(); } });
  $("reset").addEventListener("click", () => {
    page.rows = null;
    changed();
  });
  $("forget").addEventListener("click", () => {
    page.blocs = null;
    redraw("solve");
  });
  $("guide").addEventListener("click", () => tour(0));
  exports();
  redrawAll();
  let guided = null;
  try { guided = localStorage.getItem("guided"); } catch { /* A first visit, then. */ }
  if (!guided) tour(0);
}

begin().catch((error) => trouble(error.message));
