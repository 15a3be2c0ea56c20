// The controls of a clip stand below its picture, so that nothing of it is covered.
// Without this script a video has the browser's own.
const clock = (seconds) => {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};

function equip(player) {
  const video = player.querySelector("video");
  const controls = player.querySelector(".controls");
  const starts = JSON.parse(player.dataset.starts);
  const part = (what) => controls.querySelector(`[data-do="${what}"]`);
  const line = part("seek"), said = player.querySelector(".said");
  const length = () => video.duration || Number(player.dataset.seconds);
  // a little into a step, so that its own picture is there
  const go = (seconds) => {
    const seek = () => { video.currentTime = Math.max(0, Math.min(seconds, length())); };
    if (video.readyState) seek();
    else { video.addEventListener("loadedmetadata", seek, { once: true }); video.load(); }
  };
  player.go = (start) => go(start + 0.05);
  const step = (by) => {
    const now = video.currentTime;
    if (by > 0) player.go(starts.find((start) => start > now + 0.01) ?? length());
    else player.go(starts.findLast((start) => start < now - 1) ?? 0);
  };
  const captions = video.querySelector('track[kind="captions"]');
  const show = () => {
    // the sentence is in the picture: who can't see it hears it from here
    const now = video.currentTime;
    const cue = [...(captions?.track.cues ?? [])].find((each) => each.startTime <= now && now < each.endTime);
    if (said.textContent !== (cue?.text ?? "")) said.textContent = cue?.text ?? "";
    line.value = video.currentTime;
    line.setAttribute("aria-valuetext", `${clock(video.currentTime)} / ${clock(length())}`);
    controls.querySelector(".time").textContent = line.getAttribute("aria-valuetext");
  };
  const actions = {
    play: () => (video.paused ? video.play() : video.pause()),
    back: () => step(-1),
    next: () => step(1),
    loop: () => {
      video.loop = !video.loop;
      part("loop").setAttribute("aria-pressed", video.loop);
    },
    full: () => (document.fullscreenElement ? document.exitFullscreen() : player.requestFullscreen()),
  };
  const keys = { " ": "play", k: "play", ArrowLeft: "back", ArrowRight: "next", l: "loop", f: "full" };

  line.max = length();
  for (const start of starts.slice(1)) {
    const mark = document.createElement("i");
    mark.style.left = `${(100 * start) / length()}%`;
    line.before(mark);
  }
  controls.addEventListener("click", ({ target }) => actions[target.closest("button")?.dataset.do]?.());
  line.addEventListener("input", () => go(Number(line.value)));
  part("speed").addEventListener("change", ({ target }) => { video.playbackRate = Number(target.value); });
  video.addEventListener("click", actions.play);
  player.addEventListener("keydown", (event) => {
    const isTyping = event.target.matches("input, select") || event.ctrlKey || event.metaKey || event.altKey;
    const isPressing = event.target.matches("button") && event.key === " ";
    if (isTyping || isPressing || !keys[event.key]) return;
    event.preventDefault();
    actions[keys[event.key]]();
  });
  for (const kind of ["play", "pause", "ended"]) {
    video.addEventListener(kind, () => {
      player.classList.toggle("playing", !video.paused);
      part("play").setAttribute("aria-label", part("play").dataset[video.paused ? "go" : "pause"]);
    });
  }
  for (const kind of ["timeupdate", "seeked", "loadedmetadata"]) video.addEventListener(kind, show);
  if (captions) {
    captions.track.mode = "hidden";
    captions.addEventListener("load", show);
  }
  video.controls = false;
  controls.hidden = false;
  show();
}

document.querySelectorAll(".player").forEach(equip);
