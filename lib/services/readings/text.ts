import { ReadingInputError } from "./problems";

/**
 * The text of an uploaded file: UTF-8 or UTF-16 with or without a byte order mark, otherwise Windows-1252, as Excel
 * saves "ANSI" files. Line ends become `\n`. @throws ReadingInputError for what is no text
 */
export function textOf(bytes: Uint8Array): string {
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes);
  if (text.includes("\0")) throw new ReadingInputError([{ line: null, field: "file", problem: "no-text" }]);
  return text.replace(/\r\n?/g, "\n");
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  // Digits and dividers are one byte each: in UTF-16 every second byte of a table is 0.
  const start = bytes.subarray(0, 200);
  const zeros = (from: number) => start.filter((byte, i) => i % 2 === from && byte === 0).length;
  if (zeros(1) > start.length / 4) return "utf-16le";
  if (zeros(0) > start.length / 4) return "utf-16be";
  return isUtf8(bytes) ? "utf-8" : "windows-1252";
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
