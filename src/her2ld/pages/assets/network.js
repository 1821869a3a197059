/* Draws the network of claims with Cytoscape.js: what the reader chooses of it. The page holds all of it as a table. */
"use strict";
(() => {
  const READABLE = 0.7;
  const place = document.getElementById("drawing");
  const { nodes, lines, kinds, papers, systems } = JSON.parse(document.getElementById("network-data").textContent);
  const small = place.classList.contains("small");
  const narrow = place.clientWidth < 620;
  // So many nodes are drawn freely, their lines with words; more stand in columns, and more than that are left out. A
  // phone has room for few, and for one column, from which the lines bend out to the left.
  const FREE = narrow && !small ? 10 : 45, MOST = narrow && !small ? 60 : small ? 45 : 150;
  const ROW = 26, COLUMN = 300, BEND = 96;
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const at = (id) => document.getElementById(id);

  const degrees = (some) => {
    const found = new Map();
    for (const line of some) for (const end of [line.source, line.target]) found.set(end, (found.get(end) ?? 0) + 1);
    return found;
  };
  const most = degrees(lines);
  const byDegree = (one, other) => most.get(other) - most.get(one) || (one < other ? -1 : 1);
  // To begin with, the thing of which most papers speak.
  const papersOf = new Map(nodes.map((node) => [node.id, new Set()]));
  for (const line of lines) for (const end of [line.source, line.target]) for (const paper of line.papers) papersOf.get(end).add(paper);
  const first = nodes.map((node) => node.id).sort((one, other) => papersOf.get(other).size - papersOf.get(one).size || byDegree(one, other))[0];

  const choice = {
    around: nodes.length > FREE ? first : "", steps: 1, paper: "", system: "", hedged: true, without: new Set(),
  };

  /* The lines that the choices leave, and of their ends the nearest to the middle, the most connected first. */
  function chosenPart() {
    const left = lines.filter((line) =>
      (choice.hedged || line.asserted) && (choice.paper === "" || line.papers.includes(Number(choice.paper)))
      && (choice.system === "" || line.systems.includes(Number(choice.system)))
      && ![line.source, line.target].some((end) => end !== choice.around && choice.without.has(byId.get(end).kind)));
    const near = new Map();
    for (const { source, target } of left) {
      for (const [one, other] of [[source, target], [target, source]]) {
        if (!near.has(one)) near.set(one, []);
        near.get(one).push(other);
      }
    }
    let reached = [...near.keys()].sort(byDegree);
    if (choice.around !== "") {
      const seen = new Set([choice.around]);
      let edge = [choice.around];
      for (let step = 0; step < choice.steps; step++) {
        edge = [...new Set(edge.flatMap((end) => near.get(end) ?? []))].filter((end) => !seen.has(end)).sort(byDegree);
        for (const end of edge) seen.add(end);
      }
      reached = [...seen];
    }
    const kept = new Set(reached.slice(0, MOST));
    const drawn = left.filter((line) => kept.has(line.source) && kept.has(line.target));
    const ends = new Set(drawn.flatMap((line) => [line.source, line.target]));
    return { drawn, ends: [...kept].filter((end) => ends.has(end)), missing: reached.length - kept.size };
  }

  /* Columns of kinds, in which the nodes stand near those that they are joined with: no label covers another. */
  function columns(ends, drawn) {
    const used = [...new Set(ends.map((end) => byId.get(end).kind))].sort((one, other) => one - other);
    const longest = narrow ? Infinity : Math.max(16, Math.ceil((ends.length + 2 * used.length) / 5));
    const stacks = [[]];
    let height = 0;
    for (const kind of used) {
      const members = ends.filter((end) => byId.get(end).kind === kind);
      while (members.length) {
        if (height + 4 > longest) { stacks.push([]); height = 0; }
        const part = members.splice(0, longest - height);
        stacks.at(-1).push({ kind, members: part });
        height += part.length + 2;
      }
    }
    const row = new Map(), heads = [];
    const settle = () => {
      heads.length = 0;
      stacks.forEach((groups, column) => {
        let next = -groups.reduce((sum, { members }) => sum + members.length + 2, 0) / 2;
        for (const { kind, members } of groups) {
          heads.push({ label: kinds[kind], x: column * COLUMN, y: next * ROW });
          for (const end of members) row.set(end, ++next);
          next += 2;
        }
      });
    };
    settle();
    for (let round = 0; round < 8; round++) {
      const middle = (end) => {
        const rows = drawn.flatMap(({ source, target }) => source === end ? [row.get(target)] : target === end ? [row.get(source)] : []);
        return rows.reduce((sum, each) => sum + each, 0) / rows.length;
      };
      for (const { members } of stacks.flat()) {
        const wanted = new Map(members.map((end) => [end, middle(end)]));
        members.sort((one, other) => wanted.get(one) - wanted.get(other) || byDegree(one, other));
      }
      settle();
    }
    const positions = new Map();
    stacks.forEach((groups, column) => groups.flatMap(({ members }) => members).forEach((end) => {
      positions.set(end, { x: column * COLUMN, y: row.get(end) * ROW });
    }));
    return { positions, heads };
  }

  /* Move nodes apart until no label covers another. */
  function part(some) {
    const boxes = some.map((node) => ({ node, box: node.boundingBox({ includeEdges: false, includeOverlays: false }) }));
    for (let round = 0; round < 60; round++) {
      let moved = false;
      boxes.forEach(({ box: one }, index) => {
        for (const { box: other } of boxes.slice(index + 1)) {
          const across = Math.min(one.x2 - other.x1, other.x2 - one.x1), down = Math.min(one.y2 - other.y1, other.y2 - one.y1);
          if (across <= 0 || down <= 0) continue;
          moved = true;
          const [low, high, by] = across < down ? ["x1", "x2", across / 2 + 2] : ["y1", "y2", down / 2 + 2];
          const sign = one[low] + one[high] <= other[low] + other[high] ? -1 : 1;
          for (const [box, step] of [[one, sign * by], [other, -sign * by]]) { box[low] += step; box[high] += step; }
        }
      });
      if (!moved) break;
    }
    for (const { node, box } of boxes) {
      const before = node.boundingBox({ includeEdges: false, includeOverlays: false });
      node.shift({ x: box.x1 - before.x1, y: box.y1 - before.y1 });
    }
  }

  const style = () => [
    { selector: "node", style: {
      shape: "polygon", "shape-polygon-points": "data(outline)", width: "data(size)", height: "data(size)",
      label: "data(label)", "font-size": small ? 17 : 14, color: colour("--ink"), "text-valign": "bottom", "text-margin-y": 4,
      "text-wrap": "wrap", "text-max-width": 125, "text-outline-color": colour("--card"), "text-outline-width": 3,
      "background-color": colour("--stated-ground"), "border-color": colour("--stated"), "border-width": 2,
    } },
    { selector: "node.row", style: {
      width: 16, height: 16, "text-halign": "right", "text-valign": "center", "text-margin-y": 0, "text-margin-x": 6,
      "text-wrap": "ellipsis", "text-max-width": narrow ? place.clientWidth - BEND - 30 : COLUMN - 60,
    } },
    { selector: "node.head", style: {
      "background-opacity": 0, "border-width": 0, "font-weight": "bold", color: colour("--quiet"), width: 1, height: 1,
      "text-halign": "right", "text-valign": "center", "text-margin-y": 0, "text-wrap": "none", events: "no",
    } },
    { selector: "edge", style: {
      width: 2, "curve-style": "bezier", "target-arrow-shape": "triangle", "arrow-scale": 0.9,
      "line-color": colour("--stated"), "target-arrow-color": colour("--stated"), label: small ? "" : "data(words)",
      "font-size": 11.5, color: colour("--quiet"), "text-rotation": "autorotate", "text-outline-color": colour("--card"),
      "text-outline-width": 2.5,
    } },
    { selector: "edge.between", style: { label: "", width: 1.2, opacity: 0.55 } },
    { selector: "edge.bent", style: {
      "curve-style": "unbundled-bezier", "control-point-distances": "data(bend)", "control-point-weights": 0.5,
    } },
    { selector: "edge.hedged", style: {
      "line-style": "dashed", "line-dash-pattern": [7, 5], "line-color": colour("--hedge"),
      "target-arrow-color": colour("--hedge"), "target-arrow-shape": "vee", color: colour("--hedge"), "font-style": "italic",
    } },
    // What something opposes begins with a bar.
    { selector: "edge.limited", style: { "source-arrow-shape": "tee", "source-arrow-color": colour("--hedge"), "arrow-scale": 1.2 } },
    { selector: ".faint", style: { opacity: 0.18 } },
    { selector: "edge.chosen", style: { width: 4, opacity: 1 } },
  ];

  const drawing = cytoscape({
    container: place, elements: [], style: style(),
    minZoom: 0.1, maxZoom: 3, boxSelectionEnabled: false, userPanningEnabled: !small, autoungrabify: small,
    // Two fingers zoom; a wheel scrolls the page, and the buttons zoom.
    userZoomingEnabled: !small && matchMedia("(pointer: coarse)").matches,
  });
  window.network = drawing;
  // Where the drawing does not move, a finger that moves over it scrolls the page, and chooses nothing.
  let scrolls = false;
  const touched = (kind, does) => place.addEventListener(kind, does, { capture: true, passive: true });
  touched("touchstart", () => { scrolls = false; });
  touched("touchmove", (event) => {
    if (drawing.userPanningEnabled()) return;
    scrolls = true;
    event.stopPropagation();
  });
  touched("touchend", (event) => {
    if (!scrolls) return;
    event.stopPropagation();
    place.dispatchEvent(new Event("touchcancel", { bubbles: true }));
  });

  /* A column as high as it is: the page scrolls over it, so that the drawing must not. */
  function asList(positions, heads) {
    const rows = [...positions.values(), ...heads].map(({ y }) => y), top = Math.min(...rows);
    place.style.height = `${Math.max(...rows) - top + 2 * ROW}px`;
    drawing.resize().userPanningEnabled(false);
    drawing.viewport({ zoom: 1, pan: { x: BEND, y: ROW - top } });
  }

  function draw() {
    const { drawn, ends, missing } = chosenPart();
    const degree = degrees(drawn);
    const inRows = ends.length > FREE;
    const { positions, heads } = inRows ? columns(ends, drawn) : { positions: new Map(), heads: [] };
    // Where each node begins is the same every time, and so is the drawing.
    const ordered = [...ends].sort((one, other) => degree.get(other) - degree.get(one) || byDegree(one, other));
    const spiral = (index) => ({ x: 90 * Math.sqrt(index) * Math.cos(2.4 * index), y: 70 * Math.sqrt(index) * Math.sin(2.4 * index) });
    const isList = inRows && narrow;
    // The further apart two nodes are, the further out bends their line.
    const bend = ({ source, target }) => {
      const down = positions.get(target).y - positions.get(source).y;
      return Math.sign(down || 1) * Math.min(2 * BEND - 30, 24 + Math.abs(down) / 2);
    };
    drawing.elements().remove();
    drawing.add([
      ...ordered.map((end, index) => ({
        group: "nodes", data: { ...byId.get(end), size: 22 + 5 * Math.sqrt(degree.get(end)) }, classes: inRows ? "row" : "",
        position: positions.get(end) ?? spiral(index),
      })),
      ...heads.map(({ label, x, y }, index) => ({
        group: "nodes", data: { id: `head-${index}`, label, size: 1, outline: "-1 -1 1 -1 1 1 -1 1" }, classes: "head", position: { x, y },
        selectable: false, grabbable: false,
      })),
      ...drawn.map((line) => ({
        group: "edges", data: { ...line, bend: isList ? bend(line) : 0, words: `${line.label}${line.asserted ? "" : " ?"}${line.limited ? " (limited)" : ""}` },
        classes: `${line.asserted ? "asserted" : "hedged"}${line.limited ? " limited" : ""}${inRows ? " between" : ""}${isList ? " bent" : ""}`,
      })),
    ]);
    drawing.layout(inRows ? { name: "preset", fit: true, padding: 24 } : {
      name: "cose", randomize: false, animate: false, fit: true, padding: small ? 16 : 24, nodeDimensionsIncludeLabels: true,
      idealEdgeLength: () => 105, nodeRepulsion: () => 2e6, edgeElasticity: () => 100, gravity: 0.3, componentSpacing: 60,
      nodeOverlap: 16, numIter: 2500,
      boundingBox: { x1: 0, y1: 0, ...(narrow ? { w: 560, h: 820 } : { w: 1200, h: 760 }) }, // the same on every screen of a kind
    }).run();
    place.style.height = "";
    if (isList) asList(positions, heads); else drawing.resize().userPanningEnabled(!small);
    if (!inRows) { part(drawing.nodes()); drawing.fit(undefined, small ? 16 : 24); }
    // Where all of it would be too small to read, begin in the middle of things.
    if (!small && !isList && ordered.length && drawing.zoom() < READABLE) {
      drawing.zoom(READABLE);
      drawing.center(drawing.getElementById(choice.around && degree.has(choice.around) ? choice.around : ordered[0]));
    }
    if (at("drawn")) {
      const told = `${ends.length} of ${nodes.length} things, ${drawn.length} of ${lines.length} lines`;
      at("drawn").textContent = missing > 0 ? `${told}; ${missing} more would be too many to read` : told;
    }
  }

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawing.style(style()));
  draw();
  if (small) {
    drawing.on("tap", () => { location.href = document.querySelector("#picture a").href; });
    return;
  }

  const option = (value, text) => Object.assign(document.createElement("option"), { value, textContent: text });
  kinds.forEach((kind, index) => {
    const members = nodes.filter((node) => node.kind === index).sort((one, other) => one.label.localeCompare(other.label, "en"));
    if (!members.length) return;
    const group = Object.assign(document.createElement("optgroup"), { label: kind });
    group.append(...members.map((node) => option(node.id, node.label)));
    at("around").append(group);
  });
  at("paper").append(...papers.map((paper, index) => option(String(index), paper)));
  at("system").append(...systems.map((system, index) => option(String(index), system)));
  at("system").closest("label").hidden = !systems.length;
  at("around").value = choice.around;
  const choose = (id, set) => at(id).addEventListener("change", ({ target }) => { set(target); draw(); });
  choose("around", ({ value }) => { choice.around = value; });
  choose("steps", ({ value }) => { choice.steps = Number(value); });
  choose("paper", ({ value }) => { choice.paper = value; });
  choose("system", ({ value }) => { choice.system = value; });
  choose("show-hedged", ({ checked }) => { choice.hedged = checked; });
  for (const box of document.querySelectorAll("input.kind")) {
    box.addEventListener("change", () => {
      choice.without[box.checked ? "delete" : "add"](Number(box.value));
      draw();
    });
  }

  const chosen = at("chosen");
  drawing.on("mouseover", "node, edge", ({ target }) => {
    const near = target.isNode() ? target.closedNeighborhood() : target.union(target.connectedNodes());
    drawing.elements().difference(near).not(".head").addClass("faint");
    near.edges().addClass("chosen");
    place.classList.add("over");
    chosen.textContent = target.isNode()
      ? target.data("label")
      : `${target.source().data("label")} ${target.data("label")} ${target.target().data("label")}${target.data("asserted") ? "" : " (stated less than surely)"}${target.data("limited") ? " (limited)" : ""}`;
  });
  drawing.on("mouseout", "node, edge", () => {
    drawing.elements().removeClass("faint chosen");
    place.classList.remove("over");
  });
  drawing.on("tap", "node, edge", ({ target }) => {
    if (target.data("href")) location.href = target.data("href");
  });

  const zoom = (factor) => drawing.userPanningEnabled(true).zoom({ level: drawing.zoom() * factor, renderedPosition: { x: drawing.width() / 2, y: drawing.height() / 2 } });
  at("zoom-in").addEventListener("click", () => zoom(1.3));
  at("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  at("zoom-fit").addEventListener("click", () => { if (drawing.edges(".bent").nonempty()) draw(); else drawing.fit(undefined, 24); });
})();
