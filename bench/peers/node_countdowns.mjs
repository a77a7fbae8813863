// The countdown of 400×100: sixty seconds, each drawn and encoded, as the usual generators do it.

import { fonts, load } from "./node_libraries.mjs";

const SECONDS = 60;
const left = (n) => 120 + ((n * 48271) % (300 * 86400));
async function drawn(n, each) {
  const { createCanvas, GlobalFonts } = await load("@napi-rs/canvas");
  GlobalFonts.register(fonts.bold, "Bold");
  const pen = createCanvas(400, 100).getContext("2d");
  for (let second = left(n); second > left(n) - SECONDS; second--) {
    pen.fillStyle = "#121826";
    pen.fillRect(0, 0, 400, 100);
    pen.textAlign = "center";
    const values = [Math.floor(second / 86400), Math.floor(second / 3600) % 24, Math.floor(second / 60) % 60, second % 60];
    values.forEach((value, cell) => {
      pen.fillStyle = "#2962ff";
      pen.beginPath();
      pen.roundRect(8 + cell * 98, 10, 90, 64, 10);
      pen.fill();
      pen.fillStyle = "#ffffff";
      pen.font = "40px Bold";
      pen.fillText(String(value).padStart(2, "0"), 53 + cell * 98, 56);
      pen.font = "12px Bold";
      pen.fillText(["DAYS", "HOURS", "MINUTES", "SECONDS"][cell], 53 + cell * 98, 90);
    });
    each(pen);
  }
}

async function gifencoder() {
  const Encoder = await load("gifencoder");
  return async (n) => {
    const encoder = new Encoder(400, 100);
    encoder.start();
    encoder.setDelay(1000);
    await drawn(n, (pen) => encoder.addFrame(pen));
    encoder.finish();
    return encoder.out.getData();
  };
}

async function gifEncoder2() {
  const Encoder = await load("gif-encoder-2");
  return async (n) => {
    const encoder = new Encoder(400, 100, "octree", false, SECONDS);
    encoder.start();
    encoder.setDelay(1000);
    await drawn(n, (pen) => encoder.addFrame(pen));
    encoder.finish();
    return encoder.out.getData();
  };
}

async function gifenc() {
  const { GIFEncoder, quantize, applyPalette } = await load("gifenc");
  return async (n) => {
    const encoder = GIFEncoder();
    let palette;
    await drawn(n, (pen) => {
      const { data } = pen.getImageData(0, 0, 400, 100);
      const first = palette === undefined;
      palette ??= quantize(data, 64);
      encoder.writeFrame(applyPalette(data, palette), 400, 100, { palette: first ? palette : undefined, delay: 1000 });
    });
    encoder.finish();
    return Buffer.from(encoder.bytes());
  };
}

export const COUNTDOWNS = { "canvas + gifencoder": gifencoder, "canvas + gif-encoder-2": gifEncoder2, "canvas + gifenc": gifenc };
