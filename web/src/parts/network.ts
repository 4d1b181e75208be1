/** Draws entities and what joins them, with Cytoscape. */

import "../style/graph.css";

import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";

import { COLOURS, colourOf } from "../info";
import type { Excerpt, Info } from "../types";

cytoscape.use(fcose);

export interface Network {
  /** Shows an excerpt; what was there already stays near its place. */
  show: (excerpt: Excerpt, path: ReadonlySet<string>) => void;
  choose: (iri: string | null) => void;
  fit: () => void;
  destroy: () => void;
}

/** Of two things the same name in every order. */
export const pair = (a: string, b: string) => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** The greatest enlargement that is chosen without being asked for. */
const NEAR = 1.1;

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export function network(element: HTMLElement, info: Info, onChoose: (iri: string | null) => void): Network {
  const cy = cytoscape({ container: element, style: styles(element), minZoom: 0.1, maxZoom: 4 });
  cy.on("tap", "node", ({ target }: cytoscape.EventObjectNode) => onChoose(target.id()));
  cy.on("tap", (event) => {
    if (event.target === cy) onChoose(null);
  });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const recolour = () => cy.style(styles(element));
  dark.addEventListener("change", recolour);

  return {
    show({ nodes, edges }, path) {
      const kept = new Set(nodes.map((node) => node.iri));
      const known = cy.nodes().length > 0;
      cy.batch(() => {
        cy.edges().remove();
        cy.nodes().filter((node) => !kept.has(node.id())).remove();
        for (const node of nodes) {
          const data = { id: node.iri, label: node.label, colour: colourOf(info, node.class), size: 14 + 5 * Math.sqrt(node.degree), font: Math.min(12 + 3 * Math.sqrt(node.degree), 26) };
          const there = cy.getElementById(node.iri);
          if (there.nonempty()) there.data(data);
          else cy.add({ group: "nodes", data });
        }
        for (const { from, to, relations } of edges) {
          const id = pair(from, to);
          if (cy.getElementById(id).empty()) cy.add({ group: "edges", data: { id, source: from, target: to, label: relations.join(", ") } });
        }
        cy.nodes().forEach((node) => void node.toggleClass("on-path", path.has(node.id())));
        cy.edges().forEach((edge) => void edge.toggleClass("on-path", path.has(edge.id())));
      });
      const layout = { name: "fcose", randomize: !known, animate: !still() && known, nodeSeparation: 110, idealEdgeLength: () => 110, padding: 30 };
      cy.layout(layout)
        .on("layoutstop", () => {
          // A few things do not need to fill the window.
          if (cy.zoom() > NEAR) cy.zoom(NEAR).center();
        })
        .run();
    },
    choose(iri) {
      cy.elements().removeClass("chosen near far");
      if (iri === null) return;
      const node = cy.getElementById(iri);
      node.addClass("chosen");
      node.neighborhood().addClass("near");
      cy.elements().difference(node.closedNeighborhood()).addClass("far");
    },
    fit: () => void cy.fit(undefined, 30),
    destroy() {
      dark.removeEventListener("change", recolour);
      cy.destroy();
    },
  };
}

/** The colours are those of the page, which a canvas cannot inherit. */
function styles(element: HTMLElement): cytoscape.StylesheetJson {
  const page = getComputedStyle(element);
  const of = (name: string) => page.getPropertyValue(name).trim();
  const classes = Array.from({ length: COLOURS }, (_, at) => ({
    selector: `node[colour = ${at}]`,
    style: { "background-color": of(`--colour-${at}`) },
  }));
  return [
    {
      selector: "node",
      style: {
        label: "data(label)",
        width: "data(size)",
        height: "data(size)",
        color: of("--text"),
        "font-size": "data(font)",
        "font-family": "system-ui, sans-serif",
        "text-wrap": "ellipsis",
        "text-max-width": "220px",
        "text-valign": "bottom",
        "text-margin-y": 3,
        "text-outline-color": of("--page"),
        "text-outline-width": 2,
        "min-zoomed-font-size": 9,
      },
    },
    ...classes,
    { selector: "edge", style: { width: 1.2, "line-color": of("--line-strong"), "curve-style": "haystack" } },
    { selector: ".far", style: { opacity: 0.25 } },
    {
      selector: "edge.near",
      style: { label: "data(label)", "font-size": 10, color: of("--text"), "text-outline-color": of("--page"), "text-outline-width": 2, "text-rotation": "autorotate" },
    },
    { selector: "node.chosen", style: { "border-width": 4, "border-color": of("--accent") } },
    { selector: "edge.on-path", style: { width: 4, "line-color": of("--accent") } },
    { selector: "node.on-path", style: { "border-width": 4, "border-color": of("--accent") } },
  ];
}
