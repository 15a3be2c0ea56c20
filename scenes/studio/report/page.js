// One clip plays at a time; a line of a transcript leads to its moment.
document.addEventListener("play", (event) => {
  for (const video of document.querySelectorAll("video")) {
    if (video !== event.target) video.pause();
  }
}, true);

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-start]");
  const player = button?.closest("article").querySelector(".player");
  if (!player) return;
  player.go(Number(button.dataset.start));
  player.querySelector("video").play();
});

// A lesson in another language: the page is in it too, and nothing plays on unseen.
document.addEventListener("change", ({ target }) => {
  if (target.dataset.title) {
    document.documentElement.lang = target.value;
    document.title = target.dataset.title;
  }
  for (const video of document.querySelectorAll("video")) {
    if (!video.checkVisibility()) video.pause();
  }
});

// An answer that was revealed is so in every language.
document.addEventListener("toggle", ({ target }) => {
  for (const twin of target.closest(".ask")?.querySelectorAll("details") ?? []) {
    twin.open = target.open;
  }
}, true);

// Every word that is looked for stands somewhere in what is left: title, matrix, sentences.
document.querySelector('input[type="search"]')?.addEventListener("input", ({ target }) => {
  const words = target.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const article of document.querySelectorAll("article")) {
    const text = `${article.dataset.words} ${article.textContent}`.toLowerCase();
    article.hidden = !words.every((word) => text.includes(word));
  }
  for (const section of document.querySelectorAll("section")) {
    section.hidden = !section.querySelector("article:not([hidden])");
  }
  document.querySelector(".nothing").hidden = Boolean(document.querySelector("article:not([hidden])"));
});
