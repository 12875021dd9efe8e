// The five steps of a first visit.
const STEPS = [
  ["step-states", "Power", "Each state has a share of all power. Move a slider: the state gains or loses, the others keep their proportions, and what depends on it is drawn anew."],
  ["step-model", "Model", "Decisiveness says how surely the stronger side wins, dominance how the strong treat their own partners. The first draws states to the strong side, the second drives them away from it."],
  ["step-lenses", "Verdict", "Four lenses say how much the leading state can control. Hegemonic: more than the threshold through all of them; balanced: at most the threshold through all; contested: anything else."],
  ["step-blocs", "Blocs", "Who stands with whom so that no group of states would rather leave; where every division is left by some group, the one that is the least unstable. Make a partition of your own below it: drag a state into another bloc, and see who would leave."],
  ["step-commands", "Take it along", "Every panel is a command of the program. Copy it, or save the report and the figures: they are what the command writes."],
];

function tour(at) {
  document.querySelectorAll("section.shown").forEach((section) => section.classList.remove("shown"));
  const step = STEPS[at];
  $("tour").hidden = !step;
  if (!step) {
    try { localStorage.setItem("guided", "yes"); } catch { /* It is shown again next time. */ }
    $("guide").focus();
    return;
  }
  const [section, title, text] = step;
  $(section).classList.add("shown");
  $(section).scrollIntoView({ block: "nearest" });
  $("tour-title").textContent = `${at + 1} of ${STEPS.length}: ${title}`;
  $("tour-text").textContent = text;
  $("tour-back").disabled = at === 0;
  $("tour-next").textContent = at + 1 === STEPS.length ? "Done" : "Next";
  $("tour-back").onclick = () => tour(at - 1);
  $("tour-next").onclick = () => tour(at + 1);
  $("tour-end").onclick = () => tour(-1);
  $("tour-next").focus();
}
