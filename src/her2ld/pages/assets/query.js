/* The editor, and the questions that can be asked with one click. */
"use strict";
(() => {
  const place = document.getElementById("editor");
  const buttons = [...document.querySelectorAll("button.ask")];
  const endpoint = new URL(place.dataset.endpoint, location.href).href;
  const { Yasqe, Yasr } = Yasgui;
  Yasqe.defaults.autocompleters = ["variables"]; // the others ask services elsewhere
  Yasqe.defaults.prefixCcApi = null;
  Yasqe.defaults.createShareableLink = null;
  Yasqe.defaults.value = place.dataset.query ?? buttons[0]?.dataset.query ?? "";
  Yasqe.defaults.screenReaderLabel = "SPARQL query";
  // Names of ours stand in place of their IRIs, which are sought and sorted by both.
  const names = new Map(Object.entries(JSON.parse(document.getElementById("names").textContent)));
  const { namespace, base } = place.dataset;
  const nameOf = (iri) => iri.startsWith(namespace) ? names.get(iri.slice(namespace.length)) : undefined;
  const table = Yasr.plugins.table.prototype;
  const { getColumns } = table;
  table.getColumns = function () {
    return getColumns.call(this).map((column) => ({
      ...column,
      render(value, type, ...others) {
        const name = type === "filter" || type === "sort" ? value?.type === "uri" && nameOf(value.value) : undefined;
        const words = document.createElement("span");
        words.textContent = `${name} ${value?.value}`;
        return name ? words.innerHTML : column.render(value, type, ...others);
      },
    }));
  };
  const editor = new Yasgui(place, {
    requestConfig: { endpoint, method: "POST" },
    endpointCatalogueOptions: { getData: () => [{ endpoint }], keys: [] },
    autofocus: false,
    persistenceId: null,
    populateFromUrl: false,
  });
  const tab = editor.getTab();
  tab.getYasr().storePluginConfig("table", { isEllipsed: false, pageSize: 50 });

  // What the editor leaves without a name gets one, what scrolls can be reached, and names of ours lead to pages here.
  const name = (selector, words) => {
    for (const element of place.querySelectorAll(selector)) {
      if (!element.hasAttribute("aria-label")) element.setAttribute("aria-label", words);
    }
  };
  const mend = () => {
    name(".CodeMirror textarea", "SPARQL query");
    name(".CodeMirror-scroll", "SPARQL query, to scroll");
    name(".tableSizer", "rows on a page");
    name(".tableFilter", "filter the rows");
    name(".yasr_results", "answer");
    for (const box of place.querySelectorAll(".CodeMirror-scroll, .yasr_results")) {
      if (box.getAttribute("role") !== "region") box.setAttribute("role", "region");
      if (box.tabIndex !== 0) box.tabIndex = 0;
    }
    for (const head of place.querySelectorAll("th .dt-column-title:empty")) head.textContent = "#";
    for (const link of place.querySelectorAll(`.yasr_results a[href^="${namespace}"]`)) {
      const iri = link.getAttribute("href"), name = nameOf(iri);
      if (name !== undefined) {
        link.title = link.textContent === iri ? iri : `${link.textContent} (${iri})`;
        link.textContent = name;
      }
      link.href = base + iri.slice(namespace.length);
      link.removeAttribute("target");
    }
  };
  new MutationObserver(mend).observe(place, { childList: true, subtree: true });
  mend();

  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => {
      tab.setQuery(button.dataset.query);
      tab.query();
      place.scrollIntoView({ block: "start" });
    });
  }
})();
