// Peers for Node: `node with_node.mjs BANNER.JSON FOLDER`, where FOLDER has the libraries installed. It answers as
// with_python.py does.

import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { BANNERS } from "./node_banners.mjs";
import { COUNTDOWNS } from "./node_countdowns.mjs";
import { file } from "./node_libraries.mjs";

const asked = [
  ...Object.entries(BANNERS).flatMap(([name, make]) =>
    ["photo", "drawn", "flat"].flatMap((variant) => ["jpg", "png"].map((format) => [name, variant, format, make])),
  ),
  ...Object.entries(COUNTDOWNS).map(([name, make]) => [name, "countdown", "gif", make]),
];
const drawing = new Map();
for (const [name, variant, format, make] of asked) {
  try {
    const draw = await make(variant, format);
    const place = path.join(path.dirname(file), `${name.replaceAll("/", "-")}-${variant}.${format}`);
    fs.writeFileSync(place, await draw(0));
    drawing.set(JSON.stringify([name, variant, format]), draw);
  } catch (error) {
    console.error(name, variant, format, error.message);
  }
}
console.log(JSON.stringify({ peers: [...drawing.keys()].map((key) => JSON.parse(key)) }));
for await (const said of readline.createInterface({ input: process.stdin })) {
  const { peer, first, times } = JSON.parse(said);
  const draw = drawing.get(JSON.stringify(peer));
  const before = process.cpuUsage();
  let bytes = 0;
  for (let n = first; n < first + times; n++) bytes = (await draw(n)).length;
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ seconds: (user + system) / 1e6 / times, bytes }));
}
