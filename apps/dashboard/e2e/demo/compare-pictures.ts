import type { Page } from "playwright-core";

/** Pixels across of the tiles that a picture is compared by: a small break is much of its tile, and nothing of the whole. */
const TILE = 64;
/** Pixels of a tile that may differ: edges of some letters, drawn elsewhere; an icon of 12 px has more. */
const ALLOWED = 20;
/** Difference of a pixel's red, green or blue, of 255, up to which it is alike: about half of that between two soft grounds. */
const ALIKE = 5;

/** Where two PNG pictures differ, as text: "at 640,128: 52 pixels"; empty if they are alike. A browser's canvas reads them. */
export async function differences(
  page: Page,
  [old, present]: readonly [Buffer, Buffer],
): Promise<string[]> {
  if (old.equals(present)) return [];
  const urls = [old, present].map((png) => `data:image/png;base64,${png.toString("base64")}`);
  const { sizes, tiles } = await page.evaluate(differingTiles, { urls, tile: TILE, alike: ALIKE });
  if (sizes[0] !== sizes[1]) return [`${sizes[1]} pixels, not ${sizes[0]}`];
  return tiles
    .filter(({ pixels }) => pixels > ALLOWED)
    .map(({ x, y, pixels }) => `at ${x},${y}: ${pixels} pixels`);
}

interface Compared {
  urls: string[];
  tile: number;
  alike: number;
}

/** In the page: the sizes of both pictures, and of each tile how many of its pixels differ. */
async function differingTiles({ urls, tile, alike }: Compared) {
  const pictures = await Promise.all(
    urls.map(async (url) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      const { width, height } = image;
      const context = new OffscreenCanvas(width, height).getContext("2d")!;
      context.drawImage(image, 0, 0);
      return {
        size: `${width}x${height}`,
        width,
        data: context.getImageData(0, 0, width, height).data,
      };
    }),
  );
  const sizes = pictures.map(({ size }) => size);
  const [old, present] = [pictures[0]!.data, pictures[1]!.data];
  const { width } = pictures[0]!;
  const cornerOf = (place: number) => place - (place % tile);
  const tiles = new Map<string, { x: number; y: number; pixels: number }>();
  for (let at = 0; sizes[0] === sizes[1] && at < old.length; at += 4) {
    const isAlike = [0, 1, 2].every(
      (part) => Math.abs(old[at + part]! - present[at + part]!) <= alike,
    );
    if (isAlike) continue;
    const x = cornerOf((at / 4) % width);
    const y = cornerOf(Math.floor(at / 4 / width));
    const known = tiles.get(`${x},${y}`) ?? { x, y, pixels: 0 };
    tiles.set(`${x},${y}`, { ...known, pixels: known.pixels + 1 });
  }
  return { sizes, tiles: [...tiles.values()] };
}
