// A partition of one's own: states in boxes, a box a bloc, judged by the command as they stand.

// The blocs as they were made, of the states that there are; null where none were.
function ownBlocs() {
  if (!page.blocs || !page.report) return null;
  const ids = current().map((row) => row.id);
  const kept = page.blocs.map((bloc) => bloc.filter((id) => ids.includes(id))).filter((bloc) => bloc.length > 0);
  const placed = kept.flat();
  return [...kept, ...ids.filter((id) => !placed.includes(id)).map((id) => [id])];
}

// As --blocs takes them: who is not named stands alone, and somebody has to be named.
function blocsOption() {
  const blocs = ownBlocs();
  if (!blocs) return {};
  const allied = blocs.filter((bloc) => bloc.length > 1);
  return { blocs: (allied.length > 0 ? allied : blocs.slice(0, 1)).map((bloc) => bloc.join("+")).join(",") };
}

// What a partition starts from: the first that the command found, or everybody alone.
function firstBlocs() {
  const found = page.report.lenses.blocs?.partitions?.[0]?.blocs;
  return found ?? page.report.system.states.map((state) => [state.id]);
}

// Puts a state into a box; the last box is a new bloc.
function moveInto(id, at) {
  const blocs = (ownBlocs() ?? firstBlocs()).map((bloc) => [...bloc]);
  const from = blocs.findIndex((bloc) => bloc.includes(id));
  if (from === at || (at === blocs.length && blocs[from].length === 1)) return;
  blocs[from] = blocs[from].filter((other) => other !== id);
  if (at === blocs.length) blocs.push([id]);
  else blocs[at].push(id);
  page.blocs = blocs.filter((bloc) => bloc.length > 0);
  drawBoxes();
  document.querySelector(`#boxes [data-id="${CSS.escape(id)}"]`)?.focus();
  redraw("solve");
}

function drawBoxes() {
  const blocs = ownBlocs() ?? firstBlocs();
  const shown = JSON.stringify(blocs);
  $("forget").disabled = !page.blocs;
  if ($("boxes").dataset.shown === shown) return;
  $("boxes").dataset.shown = shown;
  const boxes = [...blocs, []].map((bloc, at) => {
    const label = bloc.length > 0 ? `Bloc ${at + 1}` : "A new bloc";
    const states = bloc.map((id) => inBox(id, at, blocs.length));
    const box = make("div", { className: "box", role: "group", "aria-label": label }, ...(states.length > 0 ? states : [label]));
    box.dataset.at = at;
    return box;
  });
  $("boxes").replaceChildren(...boxes);
}

// A state that can be dragged into another box, or moved there with the arrow keys.
function inBox(id, at, count) {
  const item = make("button", { type: "button", "aria-label": `${id}, in bloc ${at + 1} of ${count}: the left and right arrows move it` }, id);
  item.dataset.id = id;
  item.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    moveInto(id, Math.min(Math.max(at + step, 0), count));
  });
  dragged(item, "#boxes .box", (over) => moveInto(id, Number(over.dataset.at)));
  return item;
}

function showOwn(report) {
  drawBoxes();
  const place = $("t-partition");
  const found = report.partition;
  $("f-partition").hidden = !found;
  if (!found?.blocs) {
    place.replaceChildren(make("p", {}, found ? "This partition was not judged." : "Move a state and the program judges the partition: who would leave it, who would move, what it comes to."));
    return;
  }
  const leader = report.system.leader;
  const control = percent(found.control[leader]);
  const stable = found.blocking
    ? `Not core-stable: ${found.blocking.join(" ")} would gain by leaving to form a bloc, each by ${percent(found.instability)} of its power or more.`
    : "Core-stable: no group of states would gain, all of them, by leaving to form a bloc.";
  const moves = found.moves.map(({ state, joins, gain, welcome }) => {
    const where = joins.length === 0 ? "would rather stand alone" : `would join ${joins.join(" ")}, ${welcome ? "who would not lose" : "some of whom would lose"}`;
    return make("li", {}, `${state} ${where}: gains ${percent(gain)} of its power.`);
  });
  place.replaceChildren(
    make("p", {}, `${named(report, leader)} controls ${control} under it: `, make("strong", { id: "own-verdict" }, found.verdict), `. ${stable}`),
    moves.length > 0 ? make("ul", {}, ...moves) : make("p", {}, "No state would gain by moving by itself."),
  );
}
