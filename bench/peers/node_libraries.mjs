// What peers for Node share: the description of the banner, and libraries from the folder where they are installed.

import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

export const [file, folder] = process.argv.slice(2);
export const LOOK = JSON.parse(fs.readFileSync(file));
const require = createRequire(path.join(folder, "x.js"));
// Some libraries are modules of the new kind only, which `require` does not load.
export const load = async (name) => {
  try {
    return require(name);
  } catch {
    const found = JSON.parse(fs.readFileSync(path.join(folder, "node_modules", name, "package.json")));
    const entry = found.exports?.["."]?.import ?? found.module ?? found.main;
    return import(pathToFileURL(path.join(folder, "node_modules", name, entry.default ?? entry)));
  }
};

export const picture = (variant) => (LOOK[variant].picture ? fs.readFileSync(LOOK[variant].picture) : null);
export const dataUrl = (variant) => {
  const kind = LOOK[variant].picture?.endsWith(".png") ? "png" : "jpeg";
  return `data:image/${kind};base64,${picture(variant)?.toString("base64")}`;
};
export const fonts = { bold: fs.readFileSync(LOOK.fonts.bold), regular: fs.readFileSync(LOOK.fonts.regular) };
