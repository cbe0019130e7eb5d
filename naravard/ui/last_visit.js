// Which version a browser saw when it was here before (last_visit.py). A tab keeps asking about the same visit, however
// often its page is loaded; the next tab asks about this one.
const NAME = "naravard_besok_"

/**
 * @param {{ data: { store: string, version: number, before: string }, parentElement: HTMLElement,
 *   setStateValue: (name: string, value: string) => void }} component
 */
export default function lastVisit({ data, parentElement, setStateValue }) {
  const name = NAME + data.store
  try {
    const before = sessionStorage.getItem(name) ?? localStorage.getItem(name) ?? ""
    sessionStorage.setItem(name, before)
    localStorage.setItem(name, `${data.version} ${new Date().toLocaleDateString("sv-SE")}`)
    const [version, day] = before.split(" ")
    if (Number(version) && Number(version) < data.version && before !== data.before) setStateValue("before", before)
    const line = parentElement.querySelector("p")
    if (line && Number(version) === data.version)
      line.textContent = `Inget nytt har kommit sedan ditt förra besök, ${day}.`
  } catch {
    // a browser that remembers nothing has no earlier visit
  }
}
