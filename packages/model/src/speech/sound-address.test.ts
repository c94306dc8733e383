import { describe, expect, test } from "vitest";

import { soundAddress } from "./sound-address.ts";

const problemsOf = (address: string) =>
  (soundAddress.safeParse(address).error?.issues ?? []).map(({ message }) => message);

describe("the address of a sound file", () => {
  test.each([
    "https://shop.example/alarm.mp3",
    "http://shop.example:8080/alarm.mp3?voice=1",
    "http://8.8.8.8/alarm.mp3",
    "http://172.32.0.1/alarm.mp3",
    "http://100.128.0.1/alarm.mp3",
    "http://[2606:4700::1]/alarm.mp3",
    "https://local.example/alarm.mp3",
  ])("%s is taken", (address) => expect(problemsOf(address)).toEqual([]));

  test.each([
    "http://169.254.169.254/latest/meta-data",
    "http://localhost/a.mp3",
    "http://db.localhost/a.mp3",
    "http://files.internal/a.mp3",
    "http://files.local./a.mp3",
    "http://127.0.0.1/a.mp3",
    "http://127.1/a.mp3",
    "http://2130706433/a.mp3",
    "http://0x7f000001/a.mp3",
    "http://0.0.0.0/a.mp3",
    "http://10.1.2.3/a.mp3",
    "http://172.16.0.1/a.mp3",
    "http://172.31.255.255/a.mp3",
    "http://192.168.1.1/a.mp3",
    "http://100.64.0.1/a.mp3",
    "http://100.127.255.255/a.mp3",
    "http://224.0.0.1/a.mp3",
    "http://255.255.255.255/a.mp3",
    "http://[::1]/a.mp3",
    "http://[::]/a.mp3",
    "http://[::ffff:10.0.0.1]/a.mp3",
    "http://[fd00::1]/a.mp3",
    "http://[fe80::1]/a.mp3",
    "http://[2002:7f00:1::]/a.mp3",
    "http://[64:ff9b::a00:1]/a.mp3",
  ])("%s is not at a public host", (address) => {
    expect(problemsOf(address)).toEqual([
      "must be at a public host: the carrier fetches it from outside",
    ]);
  });

  test.each([
    ["https://user:pw@shop.example/a.mp3", "must have no user name or password"],
    ["https://user@shop.example/a.mp3", "must have no user name or password"],
    [`https://shop.example/${"a".repeat(2000)}`, "must be at most 2000 characters"],
    ["ftp://shop.example/a.mp3", "must be an http or https address"],
    ["shop.example/a.mp3", "must be an http or https address"],
    ["http://", "must be an http or https address"],
  ])("%.40s is refused in words", (address, words) => {
    expect(problemsOf(address)).toEqual([expect.stringContaining(words)]);
  });
});
