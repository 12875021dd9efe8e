"use strict";
// What the page shows of an answer: words and figures that the command gave.
const $ = (id) => document.getElementById(id);
const percent = (share) => `${(100 * share).toFixed(1)} %`;

// An element with attributes and children.
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key in element && key !== "list" && key !== "form") element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

function named(report, id) {
  const state = report.system.states.find((state) => state.id === id);
  return state?.name ? `${id} (${state.name})` : id;
}

function showVerdict(report) {
  const { overall, control, disagreeing } = report.verdict;
  $("word").textContent = overall;
  const leader = report.system.leader;
  const share = report.system.states.find((state) => state.id === leader).share;
  const [low, high] = control.map(percent);
  const range = low === high ? low : `${low} to ${high}`;
  const threshold = percent(report.parameters.threshold);
  let text = `${named(report, leader)} leads with ${percent(share)} of all power. Through the lenses it controls ${range}; the threshold is ${threshold}.`;
  if (disagreeing.length > 0) text += ` The lenses that disagree: ${disagreeing.join(", ")}.`;
  $("gist").textContent = text;
  $("leading").textContent = `What ${named(report, leader)} controls`;
  const leftOut = Object.keys(report.lenses_left_out ?? {});
  // The lens security has no interval of control: it stands beside the verdict.
  const lenses = [...Object.keys(report.lenses), ...leftOut].filter((lens) => lens !== "security");
  const rows = lenses.map((lens) => {
    const found = report.lenses[lens];
    const cells = found?.control
      ? [percent(found.control[0]), percent(found.control[1]), found.verdict]
      : ["–", "–", found ? "undecided" : "left out"];
    return make("tr", {}, make("th", { scope: "row" }, lens), ...cells.map((cell) => make("td", {}, cell)));
  });
  $("lenses").replaceChildren(...rows);
}

function showBlocs(report) {
  const found = report.lenses.blocs;
  const set = (ids) => `{${ids.join(" ")}}`;
  if (!found?.partitions) {
    $("t-blocs").textContent = found ? "Blocs were not decided." : "The lens of blocs was left out: there are too many states.";
    return;
  }
  const first = found.partitions[0];
  const parts = first ? first.blocs.map(set).join(" ") : "";
  $("t-blocs").textContent = found.core_stable
    ? `${found.partitions_total} core-stable ${found.partitions_total === 1 ? "partition" : "partitions"}: no group of states would leave. First: ${parts}.`
    : `No partition is core-stable. Least unstable: ${parts}${first?.blocking ? `, which ${first.blocking.join(" ")} would leave` : ""}.`;
}

function showSecurity(report) {
  const found = report.lenses.security;
  if (!found?.target) {
    $("t-security").textContent = found ? "The lens of security was not decided." : "The lens of security was left out.";
    return;
  }
  const [low, high] = found.prevails.map(percent);
  const why = { threat: "the most feared state", leader: "the leading state" }[found.target_by] ?? "the state that was chosen";
  $("t-security").textContent =
    `The others face ${named(report, found.target)}, ${why}. It prevails with a probability of ${low === high ? low : `${low} to ${high}`} over ` +
    `${found.equilibria_total} ${found.equilibria_total === 1 ? "equilibrium" : "equilibria"}: ${found.verdict}.`;
}

function showFilm(report) {
  const [low, high] = report.hegemony.interval ?? [];
  $("t-film").textContent = `${report.runs} runs of ${report.periods} periods: one state became a hegemon in ` +
    `${percent(report.hegemony.probability)} of them` + (low === undefined ? "." : ` (95 % interval ${percent(low)} to ${percent(high)}).`);
}

// A figure as the command drew it. Its text is the program's own, parsed as SVG, never as HTML.
function showFigure(id, drawn) {
  const place = $(id);
  let picture = place.querySelector(".picture");
  if (!picture) {
    picture = make("div", { className: "picture" });
    place.prepend(picture);
  }
  if (drawn.Ok === undefined) {
    picture.replaceChildren(make("p", { className: "note" }, `No figure: ${drawn.Err}`));
    return;
  }
  const svg = new DOMParser().parseFromString(drawn.Ok, "image/svg+xml").documentElement;
  svg.setAttribute("role", "img");
  const title = svg.querySelector("title")?.textContent ?? "";
  svg.setAttribute("aria-label", `${title}. ${svg.querySelector("desc")?.textContent ?? ""}`);
  picture.replaceChildren(document.importNode(svg, true));
}
