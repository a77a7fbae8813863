// The banner as libraries for Node draw it: each function sets up what draws it for the n-th recipient.

import { LOOK, dataUrl, fonts, load, picture } from "./node_libraries.mjs";

const [WIDTH, HEIGHT] = LOOK.size;
const { headline, line, button } = LOOK;

const words = (n) => [
  `${LOOK.names[n % LOOK.names.length]}, your order no. ${n} ships today from Paris`,
  `It is parcel ${n} of ${n + 7}`,
];

function wrapped(text, width, measure) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (lines.at(-1) && measure(longer) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

async function canvas(variant, format) {
  const { createCanvas, loadImage, GlobalFonts } = await load("@napi-rs/canvas");
  GlobalFonts.register(fonts.bold, "Bold");
  GlobalFonts.register(fonts.regular, "Regular");
  const look = LOOK[variant];
  const ground = look.picture && (await loadImage(picture(variant)));
  return async (n) => {
    const surface = createCanvas(WIDTH, HEIGHT);
    const pen = surface.getContext("2d");
    if (ground) pen.drawImage(ground, 0, 0);
    if (look.shade) {
      const shade = pen.createLinearGradient(0, 0, 0, HEIGHT);
      shade.addColorStop(0, look.shade[0]);
      shade.addColorStop(1, look.shade[1]);
      pen.fillStyle = shade;
    } else pen.fillStyle = look.ground;
    if (look.shade || look.ground) pen.fillRect(0, 0, WIDTH, HEIGHT);
    for (const [x, y, side, color] of look.discs ?? []) {
      pen.fillStyle = color;
      pen.beginPath();
      pen.arc(x + side / 2, y + side / 2, side / 2, 0, 7);
      pen.fill();
    }
    pen.fillStyle = button.color;
    pen.beginPath();
    pen.roundRect(...button.box, button.radius);
    pen.fill();
    const [large, small] = words(n);
    pen.fillStyle = look.ink;
    pen.textBaseline = "top";
    pen.font = `${headline.size}px Bold`;
    wrapped(large, headline.box[2], (part) => pen.measureText(part).width).forEach((part, row) =>
      pen.fillText(part, headline.box[0], headline.box[1] + row * headline.size * 1.2),
    );
    pen.font = `${line.size}px Regular`;
    pen.fillText(small, line.box[0], line.box[1]);
    pen.fillStyle = "#ffffff";
    pen.font = `${button.size}px Bold`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(button.label, button.box[0] + button.box[2] / 2, button.box[1] + button.box[3] / 2);
    return format === "jpg" ? surface.encode("jpeg", LOOK.quality) : surface.encode("png");
  };
}

// What satori and takumi are given: boxes with places, as in a page.
const at = ([left, top, width, height], style = {}) => ({ position: "absolute", left, top, width, height, ...style });
function page(variant, n, { element, text, image }) {
  const look = LOOK[variant];
  const [large, small] = words(n);
  const font = (size, color, fontWeight) => ({ fontSize: size, color, fontWeight, fontFamily: "Noto Sans", lineHeight: 1.2 });
  const ground = (look.discs ?? []).map(([x, y, side, color]) =>
    element(at([x, y, side, side], { backgroundColor: color, borderRadius: side / 2 })),
  );
  if (look.picture) ground.push(image(at([0, 0, WIDTH, HEIGHT])));
  if (look.shade) {
    const backgroundImage = `linear-gradient(to bottom, ${look.shade[0]}, ${look.shade[1]})`;
    ground.push(element(at([0, 0, WIDTH, HEIGHT], { backgroundImage })));
  }
  const middle = { display: "flex", alignItems: "center", justifyContent: "center" };
  return element(
    { width: WIDTH, height: HEIGHT, display: "flex", position: "relative", backgroundColor: look.ground ?? "#ffffff" },
    ...ground,
    element(at(headline.box, { display: "flex" }), text(large, font(headline.size, look.ink, 700))),
    element(at(line.box, { display: "flex" }), text(small, font(line.size, look.ink, 400))),
    element(
      at(button.box, { ...middle, backgroundColor: button.color, borderRadius: button.radius }),
      text(button.label, font(button.size, "#ffffff", 700)),
    ),
  );
}

async function satoriAndResvg(variant, format) {
  if (format === "jpg") throw new Error("writes PNG alone");
  const satori = (await load("satori")).default;
  const { Resvg } = await load("@resvg/resvg-js");
  const src = dataUrl(variant);
  const element = (style, ...children) => ({ type: "div", props: { style, children } });
  const kinds = {
    element: (style, ...children) => element({ display: "flex", ...style }, ...children),
    text: (content, style) => ({ type: "div", props: { style, children: content } }),
    image: (style) => ({ type: "img", props: { style, src, width: WIDTH, height: HEIGHT } }),
  };
  const known = [
    { name: "Noto Sans", data: fonts.bold, weight: 700, style: "normal" },
    { name: "Noto Sans", data: fonts.regular, weight: 400, style: "normal" },
  ];
  return async (n) => {
    const svg = await satori(page(variant, n, kinds), { width: WIDTH, height: HEIGHT, fonts: known });
    return new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng();
  };
}

async function takumi(variant, format) {
  const { Renderer } = await load("@takumi-rs/core");
  const renderer = new Renderer({
    fonts: [
      { name: "Noto Sans", data: fonts.bold, weight: 700, style: "normal" },
      { name: "Noto Sans", data: fonts.regular, weight: 400, style: "normal" },
    ],
  });
  const src = dataUrl(variant);
  const kinds = {
    element: (style, ...children) => ({ type: "container", style, children }),
    text: (content, style) => ({ type: "text", text: content, style }),
    image: (style) => ({ type: "image", src, width: WIDTH, height: HEIGHT, style }),
  };
  const options = { width: WIDTH, height: HEIGHT, format: format === "jpg" ? "jpeg" : "png", quality: LOOK.quality };
  return async (n) => Buffer.from(await renderer.render(page(variant, n, kinds), options));
}

async function sharp(variant, format) {
  const library = await load("sharp");
  library.concurrency(1);
  const look = LOOK[variant];
  const { data, info } = look.picture ? await library(picture(variant)).raw().toBuffer({ resolveWithObject: true }) : {};
  const [bx, by, bw, bh] = button.box;
  const svg = (n) => {
    const [large, small] = words(n);
    // It cannot wrap: lines are as long as about so many letters.
    const lines = wrapped(large, headline.box[2], (part) => part.length * headline.size * 0.56);
    const write = (text, x, y, size, weight, ink, anchor = "start") =>
      `<text x="${x}" y="${y}" font-family="Noto Sans, sans-serif" font-size="${size}" font-weight="${weight}" fill="${ink}" text-anchor="${anchor}">${text}</text>`;
    const ground = look.shade
      ? `<defs><linearGradient id="g" x2="0" y2="1"><stop stop-opacity="0"/><stop offset="1" stop-opacity=".8"/></linearGradient></defs><rect width="${WIDTH}" height="${HEIGHT}" fill="url(#g)"/>`
      : (look.discs ?? []).map(([x, y, side, color]) => `<circle cx="${x + side / 2}" cy="${y + side / 2}" r="${side / 2}" fill="${color}"/>`).join("");
    return Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${ground}` +
        `<rect x="${bx}" y="${by}" width="${bw}" height="${bh}" rx="${button.radius}" fill="${button.color}"/>` +
        lines.map((part, row) => write(part, headline.box[0], headline.box[1] + headline.size + row * headline.size * 1.2, headline.size, 700, look.ink)).join("") +
        write(small, line.box[0], line.box[1] + line.size, line.size, 400, look.ink) +
        write(button.label, bx + bw / 2, by + bh / 2 + button.size / 3, button.size, 700, "#ffffff", "middle") +
        "</svg>",
    );
  };
  const ground = () =>
    look.picture
      ? library(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
      : library({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: look.ground } });
  return (n) => {
    const drawn = ground().composite([{ input: svg(n) }]);
    return (format === "jpg" ? drawn.jpeg({ quality: LOOK.quality }) : drawn.png()).toBuffer();
  };
}

export const BANNERS = {
  "@napi-rs/canvas": canvas,
  sharp,
  "satori + @resvg/resvg-js": satoriAndResvg,
  "@takumi-rs/core": takumi,
};
