/** The frame of a report: one HTML file that needs nothing else and prints on A4 and Letter. */
import { REPORT } from "../texts/report.ts";
import { escaped } from "./svg.ts";

const STYLE = `
@page { margin: 14mm }
body { max-width: 190mm; margin: 24px auto; padding: 0 16px; font: 13px/1.5 system-ui, sans-serif; color: #191c21 }
h1 { margin: 0; font-size: 20px } h2 { margin: 24px 0 6px; font-size: 15px; break-after: avoid }
h3 { margin: 0 0 4px; font-size: 12px; color: #3f444b }
p { margin: 2px 0 } .quiet { color: #585d65 }
table { width: 100%; border-collapse: collapse } tr { break-inside: avoid }
th, td { padding: 2px 8px 2px 0; border-bottom: 1px solid #dee0e2; text-align: left; vertical-align: top; overflow-wrap: anywhere }
th { font-weight: 500; color: #3f444b } .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
.plots { display: grid; grid-template-columns: 1fr 1fr; gap: 12px }
figure { margin: 0; break-inside: avoid } svg { width: 100% } svg text { font: 11px system-ui, sans-serif; fill: #585d65 }
figcaption span { margin-right: 12px; font-size: 11px } figcaption i { display: inline-block; width: 8px; height: 8px; margin-right: 4px; print-color-adjust: exact }
pre { padding: 8px; border: 1px solid #dee0e2; font: 11px/1.4 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere }
.error { padding: 8px 12px; border-left: 3px solid #c5242c; background: #fceae9; print-color-adjust: exact }
`;

export interface ReportHead {
  readonly title: string;
  readonly about: readonly string[];
}

export function documentOf({ title, about }: ReportHead, parts: readonly string[]): string {
  const lines = about.map((line) => `<p class="quiet">${escaped(line)}</p>`).join("\n");
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${
    escaped(title)
  } - ${REPORT.program}</title>
<style>${STYLE}</style></head>
<body>
<h1>${escaped(title)}</h1>
${lines}
${parts.join("\n")}
</body>
</html>
`;
}

export function section(title: string, ...inside: readonly string[]): string {
  return inside.join("") === "" ? "" : `<section><h2>${escaped(title)}</h2>\n${inside.join("\n")}</section>`;
}

export function pairs(rows: readonly (readonly [string, string | null])[]): string {
  const shown = rows.filter(([, value]) => value !== null && value !== "");
  return `<table>${
    shown.map(([name, value]) => `<tr><th>${escaped(name)}</th><td>${escaped(value ?? "")}</td></tr>`).join(
      "\n",
    )
  }</table>`;
}

/** Cells that are numbers in a column stand at the right. */
export function table(
  columns: readonly string[],
  numbers: number,
  rows: readonly (readonly string[])[],
): string {
  if (rows.length === 0) return "";
  const of = (tag: string, cells: readonly string[]) =>
    cells.map((cell, i) => {
      const isNumber = i >= cells.length - numbers;
      return `<${tag}${isNumber ? ' class="number"' : ""}>${escaped(cell)}</${tag}>`;
    }).join("");
  const body = rows.map((row) => `<tr>${of("td", row)}</tr>`).join("\n");
  return `<table><thead><tr>${of("th", columns)}</tr></thead><tbody>\n${body}</tbody></table>`;
}
