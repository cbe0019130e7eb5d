// Parts of a page. Text is always text: nothing that someone has written becomes HTML.

export function part(name, options = {}, ...children) {
  const { className, text, data = {}, on = {}, ...attributes } = options
  const made = document.createElement(name)
  if (className) made.className = className
  if (text !== undefined) made.textContent = text
  Object.assign(made.dataset, data)
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "")
    else if (value !== false && value !== undefined && value !== null) made.setAttribute(key, value)
  }
  for (const [event, act] of Object.entries(on)) made.addEventListener(event, act)
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""))
  return made
}

export const byId = (id) => document.getElementById(id)

// A line that is there only while it says something.
export function say(line, text) {
  line.hidden = !text
  if (line.textContent !== (text ?? "")) line.textContent = text ?? ""
}
