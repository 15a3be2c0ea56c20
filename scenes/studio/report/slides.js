// The lesson as slides: one part at a time, a clip step by step, an answer when it is asked for.
const slides = {
  parts: [...document.querySelectorAll("main > section")],
  at: -1,
  step: -1,
  ends: null, // where the step that plays ends, and the video that plays it

  seen(selector) {
    const found = [...this.parts[this.at].querySelectorAll(selector)];
    return found.find((each) => each.checkVisibility());
  },

  open(at, step = -1) {
    if (at < 0 || at >= this.parts.length) return;
    this.halt();
    document.body.classList.add("slides");
    this.parts[this.at]?.classList.remove("shown");
    this.parts[at].classList.add("shown");
    [this.at, this.step] = [at, step];
    document.querySelector(".place").textContent = `${at + 1} / ${this.parts.length}`;
    history.replaceState(null, "", `#slide-${at + 1}`);
    scrollTo(0, 0);
  },

  close() {
    this.halt();
    document.body.classList.remove("slides");
    this.parts[this.at]?.classList.remove("shown");
    this.parts[this.at]?.scrollIntoView();
    this.at = -1;
    history.replaceState(null, "", location.pathname);
  },

  halt() {
    this.ends?.video.pause();
    this.ends = null;
  },

  play(player, step) {
    const starts = JSON.parse(player.dataset.starts), video = player.querySelector("video");
    this.step = step;
    this.ends = { video, at: starts[step + 1] ?? Infinity };
    player.go(starts[step]);
    video.play();
    const watch = () => {
      if (this.ends?.video !== video) return;
      if (video.currentTime >= this.ends.at - 0.05 && !video.seeking) this.halt();
      else requestAnimationFrame(watch);
    };
    requestAnimationFrame(watch);
  },

  forward() {
    const answer = this.seen("details:not([open])"), player = this.seen(".player");
    if (this.parts[this.at].matches(".ask") && answer) answer.open = true;
    else if (player && this.step + 1 < JSON.parse(player.dataset.starts).length) this.play(player, this.step + 1);
    else this.open(this.at + 1);
  },

  back() {
    const player = this.seen(".player");
    if (player && this.step > 0) this.play(player, this.step - 1);
    else this.open(this.at - 1);
  },
};

document.querySelector(".start").addEventListener("click", () => slides.open(0));
document.querySelector(".leave").addEventListener("click", () => slides.close());
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("input, select") || event.ctrlKey || event.metaKey || event.altKey;
  if (slides.at < 0 || event.defaultPrevented || isTyping) return;
  const isPressing = event.target.matches("button, summary, a");
  const forward = ["ArrowRight", "PageDown"].includes(event.key) || (event.key === " " && !isPressing);
  if (forward) slides.forward();
  else if (["ArrowLeft", "PageUp"].includes(event.key)) slides.back();
  else if (event.key === "Escape" && !document.fullscreenElement) slides.close();
  else return;
  event.preventDefault();
});
const asked = location.hash.match(/^#slide-(\d+)$/);
if (asked) slides.open(Number(asked[1]) - 1);
