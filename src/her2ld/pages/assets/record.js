/* Shows which words a statement stands on, and which statements stand on some words, while one points at them. */
"use strict";
(() => {
  const statements = new Map();
  for (const box of document.querySelectorAll("[data-statement]")) statements.set(box.dataset.statement, box);
  const words = [...document.querySelectorAll("[data-statements]")];

  const light = (numbers, on) => {
    for (const number of numbers) statements.get(number)?.querySelector(".claim").classList.toggle("lit", on);
    for (const word of words) {
      if (word.dataset.statements.split(" ").some((number) => numbers.includes(number))) word.classList.toggle("lit", on);
    }
  };
  const follow = (element, numbers) => {
    for (const [begin, end] of [["pointerenter", "pointerleave"], ["focusin", "focusout"]]) {
      element.addEventListener(begin, () => light(numbers, true));
      element.addEventListener(end, () => light(numbers, false));
    }
  };
  for (const [number, box] of statements) follow(box, [number]);
  for (const word of words) follow(word, word.dataset.statements.split(" "));
})();
