/* Draws the network of claims with Cytoscape.js. The page holds the same as a table. */
"use strict";
(() => {
  const READABLE = 0.55;
  const place = document.getElementById("drawing");
  const { nodes, lines } = JSON.parse(document.getElementById("network-data").textContent);
  const small = place.classList.contains("small");
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const degree = new Map();
  for (const line of lines) {
    for (const end of [line.source, line.target]) degree.set(end, (degree.get(end) ?? 0) + 1);
  }
  // Where each node begins is the same every time, and so is the drawing.
  const ordered = [...nodes].sort((one, other) => degree.get(other.id) - degree.get(one.id));
  const elements = [
    ...ordered.map((node, index) => ({
      group: "nodes",
      data: { ...node, size: 22 + 5 * Math.sqrt(degree.get(node.id)) },
      position: { x: 90 * Math.sqrt(index) * Math.cos(2.4 * index), y: 70 * Math.sqrt(index) * Math.sin(2.4 * index) },
    })),
    ...lines.map((line) => ({
      group: "edges",
      data: { ...line, words: line.asserted ? line.label : `${line.label} ?` },
      classes: line.asserted ? "asserted" : "hedged",
    })),
  ];

  const style = () => [
    { selector: "node", style: {
      shape: "polygon", "shape-polygon-points": "data(outline)", width: "data(size)", height: "data(size)",
      label: "data(label)", "font-size": small ? 17 : 14, color: colour("--ink"), "text-valign": "bottom", "text-margin-y": 4,
      "text-wrap": "wrap", "text-max-width": 125, "text-outline-color": colour("--card"), "text-outline-width": 3,
      "background-color": colour("--stated-ground"), "border-color": colour("--stated"), "border-width": 2,
    } },
    { selector: "edge", style: {
      width: 2, "curve-style": "bezier", "target-arrow-shape": "triangle", "arrow-scale": 0.9,
      "line-color": colour("--stated"), "target-arrow-color": colour("--stated"), label: small ? "" : "data(words)",
      "font-size": 11.5, color: colour("--quiet"), "text-rotation": "autorotate", "text-outline-color": colour("--card"),
      "text-outline-width": 2.5,
    } },
    { selector: "edge.hedged", style: {
      "line-style": "dashed", "line-dash-pattern": [7, 5], "line-color": colour("--hedge"),
      "target-arrow-color": colour("--hedge"), "target-arrow-shape": "vee", color: colour("--hedge"), "font-style": "italic",
    } },
    { selector: ".faint", style: { opacity: 0.18 } },
    { selector: "edge.chosen", style: { width: 4 } },
    { selector: ".hidden", style: { display: "none" } },
  ];

  const drawing = cytoscape({
    container: place,
    elements,
    style: style(),
    layout: {
      name: "cose", randomize: false, animate: false, fit: true, padding: small ? 16 : 24, nodeDimensionsIncludeLabels: true,
      idealEdgeLength: () => 105, nodeRepulsion: () => 2e6, edgeElasticity: () => 100, gravity: 0.3, componentSpacing: 60,
      nodeOverlap: 16, numIter: 2500,
      boundingBox: { x1: 0, y1: 0, w: 1200, h: 760 }, // so that it is the same on every screen
    },
    minZoom: 0.2, maxZoom: 3, boxSelectionEnabled: false, userPanningEnabled: !small, autoungrabify: small,
    // Two fingers zoom; a wheel scrolls the page, and the buttons zoom.
    userZoomingEnabled: !small && matchMedia("(pointer: coarse)").matches,
  });
  window.network = drawing;

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawing.style(style()));
  if (small) {
    drawing.on("tap", () => { location.href = document.querySelector("#picture a").href; });
    return;
  }

  // On a narrow screen all of it would be too small to read: begin in the middle of things.
  if (drawing.zoom() < READABLE) {
    drawing.zoom(READABLE);
    drawing.center(drawing.getElementById(ordered[0].id));
  }

  const chosen = document.getElementById("chosen");
  drawing.on("mouseover", "node, edge", ({ target }) => {
    const near = target.isNode() ? target.closedNeighborhood() : target.union(target.connectedNodes());
    drawing.elements().difference(near).addClass("faint");
    target.filter("edge").addClass("chosen");
    place.classList.add("over");
    chosen.textContent = target.isNode()
      ? target.data("label")
      : `${target.source().data("label")} ${target.data("label")} ${target.target().data("label")}${target.data("asserted") ? "" : " (stated less than surely)"}`;
  });
  drawing.on("mouseout", "node, edge", () => {
    drawing.elements().removeClass("faint chosen");
    place.classList.remove("over");
  });
  drawing.on("tap", "node, edge", ({ target }) => {
    if (target.data("href")) location.href = target.data("href");
  });

  const zoom = (factor) => drawing.zoom({ level: drawing.zoom() * factor, renderedPosition: { x: drawing.width() / 2, y: drawing.height() / 2 } });
  document.getElementById("zoom-in").addEventListener("click", () => zoom(1.3));
  document.getElementById("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  document.getElementById("zoom-fit").addEventListener("click", () => drawing.fit(undefined, 24));
  document.getElementById("show-hedged").addEventListener("change", ({ target }) => {
    drawing.edges(".hedged").toggleClass("hidden", !target.checked);
    for (const node of drawing.nodes()) node.toggleClass("hidden", node.connectedEdges().not(".hidden").empty());
  });
})();
