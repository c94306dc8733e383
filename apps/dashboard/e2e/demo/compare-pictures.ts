import type { Page } from "playwright-core";

/** Pixels across of the squares that are compared: their mean is, not the edge of a letter. */
const SQUARE = 8;
/** Difference of a square's mean colour, of 255, from which it counts. */
const THRESHOLD = 24;

/** How far two pictures are apart. */
export interface PictureDifference {
  /** Share of squares with another colour, from 0 to 1; 1 if the sizes differ. */
  share: number;
  sizes: string;
}

/** Compares two PNG pictures in a browser's canvas, each as the mean colours of squares of 8 pixels. */
export async function comparePictures(
  page: Page,
  [old, present]: readonly [Buffer, Buffer],
): Promise<PictureDifference> {
  const urls = [old, present].map((png) => `data:image/png;base64,${png.toString("base64")}`);
  return page.evaluate(
    async ({ urls: given, square, threshold }) => {
      const images = await Promise.all(
        given.map(async (url) => {
          const image = new Image();
          image.src = url;
          await image.decode();
          return image;
        }),
      );
      const sizes = images.map(({ width, height }) => `${width}x${height}`);
      if (sizes[0] !== sizes[1]) return { share: 1, sizes: sizes.join(", ") };
      const means = images.map((image) => {
        const canvas = document.createElement("canvas");
        canvas.width = image.width;
        canvas.height = image.height;
        const context = canvas.getContext("2d")!;
        context.drawImage(image, 0, 0);
        const { data } = context.getImageData(0, 0, image.width, image.height);
        const across = Math.ceil(image.width / square);
        const sums = Array.from({ length: across * Math.ceil(image.height / square) }, () => [
          0, 0, 0, 0,
        ]);
        for (let y = 0; y < image.height; y += 1)
          for (let x = 0; x < image.width; x += 1) {
            const sum = sums[Math.floor(y / square) * across + Math.floor(x / square)]!;
            const at = (y * image.width + x) * 4;
            for (const part of [0, 1, 2]) sum[part]! += data[at + part]!;
            sum[3]! += 1;
          }
        return sums.map(([red, green, blue, pixels]) =>
          [red!, green!, blue!].map((part) => part / pixels!),
        );
      });
      const differing = means[0]!.filter((mean, index) =>
        mean.some((part, color) => Math.abs(part - means[1]![index]![color]!) > threshold),
      );
      return { share: differing.length / means[0]!.length, sizes: sizes[0]! };
    },
    { urls, square: SQUARE, threshold: THRESHOLD },
  );
}
