// Parts of a page. Text is always text: nothing that someone has written becomes HTML.

/**
 * @typedef {{
 *   className?: string,
 *   text?: string,
 *   data?: Record<string, string | number>,
 *   on?: { [Name in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[Name]) => unknown },
 *   [attribute: string]: unknown,
 * }} Options
 */

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Options} options its text, class, data and listeners; all else is attributes
 * @param {...(Node | string | null | undefined)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function part(name, options = {}, ...children) {
  const { className, text, data = {}, on = {}, ...attributes } = options
  const element = document.createElement(name)
  if (className) element.className = className
  if (text !== undefined) element.textContent = text
  Object.assign(element.dataset, data)
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "")
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(key, String(value))
  }
  for (const [event, act] of Object.entries(on)) element.addEventListener(event, /** @type {EventListener} */ (act))
  for (const child of children) if (child !== null && child !== undefined && child !== "") element.append(child)
  return element
}

/**
 * A part that the page's own HTML has.
 * @param {string} id
 */
export const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id))

/**
 * A line that is there only while it says something.
 * @param {HTMLElement} line
 * @param {string | undefined} text
 */
export function say(line, text) {
  line.hidden = !text
  if (line.textContent !== (text ?? "")) line.textContent = text ?? ""
}
