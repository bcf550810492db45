/** Colours as shaders take them. */
export function channels(colour: number): [number, number, number, number] {
  return [(colour & 255) / 255, (colour >>> 8 & 255) / 255, (colour >>> 16 & 255) / 255, 1];
}
