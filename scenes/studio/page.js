// One clip plays at a time; a line of a transcript leads to its moment.
document.addEventListener("play", (event) => {
  for (const video of document.querySelectorAll("video")) {
    if (video !== event.target) video.pause();
  }
}, true);

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-start]");
  const video = button?.closest("article").querySelector("video");
  if (!video) return;
  const seek = () => { video.currentTime = Number(button.dataset.start) + 0.05; };
  if (video.readyState) seek();
  else video.addEventListener("loadedmetadata", seek, { once: true });
  video.play();
});
