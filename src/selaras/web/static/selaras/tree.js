// The performance tree by keyboard, after the ARIA tree pattern: arrows, Home, End, letters, Enter, *.
(function () {
  "use strict";

  function visible(tree) {
    return Array.from(tree.querySelectorAll("[role=treeitem]")).filter(function (item) {
      return !item.parentElement.closest("[aria-expanded=false]");
    });
  }

  function focusItem(tree, item) {
    tree.querySelectorAll('[role=treeitem][tabindex="0"]').forEach(function (one) { one.tabIndex = -1; });
    item.tabIndex = 0;
    item.focus();
  }

  function open(item, state) {
    if (!item.hasAttribute("aria-expanded")) { return; }
    item.setAttribute("aria-expanded", String(state));
    if (state && window.htmx) { window.htmx.trigger(item, "tree:open"); } // a branch may be fetched when it is opened
  }

  document.addEventListener("click", function (event) {
    const toggle = event.target.closest("[data-tree-toggle]");
    const item = event.target.closest("[role=treeitem]");
    if (!item) { return; }
    const tree = item.closest("[data-tree]");
    if (toggle) {
      open(item, item.getAttribute("aria-expanded") !== "true");
      focusItem(tree, item);
    } else if (!event.target.closest("a, button")) {
      focusItem(tree, item);
    }
  });

  document.addEventListener("click", function (event) {
    const all = event.target.closest("[data-tree-all]");
    if (!all) { return; }
    const tree = document.querySelector(all.getAttribute("data-tree-all"));
    const state = all.getAttribute("data-open") !== "false";
    tree.querySelectorAll("[aria-expanded]").forEach(function (item) { open(item, state); });
    focusVisible(tree);
  });

  function focusVisible(tree) { // the item that Tab reaches must not be inside a closed branch
    const reach = tree.querySelector('[role=treeitem][tabindex="0"]');
    const items = visible(tree);
    if (reach && items.indexOf(reach) < 0 && items.length) { reach.tabIndex = -1; items[0].tabIndex = 0; }
  }

  document.addEventListener("keydown", function (event) {
    const item = event.target;
    if (!item.matches || !item.matches("[role=treeitem]") || event.ctrlKey || event.metaKey || event.altKey) { return; }
    const tree = item.closest("[data-tree]");
    const items = visible(tree);
    const at = items.indexOf(item);
    const expanded = item.getAttribute("aria-expanded");
    let next = null;
    if (event.key === "ArrowDown") { next = items[at + 1]; }
    else if (event.key === "ArrowUp") { next = items[at - 1]; }
    else if (event.key === "Home") { next = items[0]; }
    else if (event.key === "End") { next = items[items.length - 1]; }
    else if (event.key === "ArrowRight") {
      if (expanded === "false") { open(item, true); } else { next = item.querySelector("[role=group] > [role=treeitem]"); }
    } else if (event.key === "ArrowLeft") {
      if (expanded === "true") { open(item, false); } else { next = item.parentElement.closest("[role=treeitem]"); }
    } else if (event.key === "Enter") {
      const link = item.querySelector(":scope > .tree-row a");
      if (link) { link.click(); } else { open(item, expanded !== "true"); }
    } else if (event.key === " ") { open(item, expanded !== "true"); }
    else if (event.key === "*") {
      Array.from(item.parentElement.children).forEach(function (one) { open(one, true); });
    } else if (event.key.length === 1) {
      const letter = event.key.toLocaleLowerCase();
      const order = items.slice(at + 1).concat(items.slice(0, at));
      next = order.find(function (one) {
        return one.querySelector(".tree-title").textContent.trim().toLocaleLowerCase().startsWith(letter);
      });
      if (!next) { return; }
    } else { return; }
    event.preventDefault();
    if (next) { focusItem(tree, next); }
  });
})();
