// What a tab remembers when its page is loaded anew (tab_memory.py). Another tab has a memory of its own.
const TOKEN = "naravard_skrivbord"
const NOTE = "naravard_skrivbord_har"
let told = false

/** @param {{ data: { token: string, note: string }, setStateValue: (name: string, value: string) => void }} component */
export default function tabMemory({ data, setStateValue }) {
  const token = sessionStorage.getItem(TOKEN)
  if (!told && token && token !== data.token) {
    told = true
    setStateValue("note", sessionStorage.getItem(NOTE) ?? "")
    setStateValue("token", token)
    return
  }
  told = true
  sessionStorage.setItem(TOKEN, data.token)
  sessionStorage.setItem(NOTE, data.note)
}
