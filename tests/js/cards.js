// An answer as the leader's pages have it.

export const card = (id, text, more = {}) => ({
  id,
  fraga: 11,
  grupp: 1,
  text,
  lika: [],
  gemensamt: false,
  dold: false,
  vantar: false,
  prickar: 0,
  prickar_gemensamt: 0,
  figur: null,
  ...more,
})
