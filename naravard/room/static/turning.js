// Whether the screens of a question on the board follow on each other by themselves, in this window.

import { memory } from "./ask.js"

const REMEMBERED_TURNS = "naravard_blad"

export const turning = {
  get isOn() {
    return memory.get(REMEMBERED_TURNS) === "på"
  },
  set isOn(isOn) {
    memory.set(REMEMBERED_TURNS, isOn ? "på" : null)
  },
}
