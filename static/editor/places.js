/* Places in a text that stay with their words while somebody types: where a picture belongs that
   is still on its way. */

export class Places {
  constructor(area) {
    this.area = area;
    this.marks = []; // in the order in which they were made
    area.addEventListener("input", () => this.#follow());
  }

  /* Mark a place: {at}. What is typed there from now on stands behind it. */
  mark(at) {
    const mark = { at };
    this.marks.push(mark);
    this.text = this.area.value;
    return mark;
  }

  /* Give a mark up, and put in, by a function of the place, what belongs there. */
  take(mark, putIn) {
    const { at } = mark;
    const later = this.marks.slice(this.marks.indexOf(mark) + 1);
    const others = this.marks.filter((other) => other !== mark).map((other) => [other, other.at]);
    const before = this.area.value.length;
    putIn(at);
    const grown = this.area.value.length - before;
    for (const [other, place] of others) {
      const isBehind = place > at || (place === at && later.includes(other));
      other.at = isBehind ? place + grown : place;
    }
    this.drop(mark);
  }

  drop(mark) {
    this.marks = this.marks.filter((other) => other !== mark);
    this.text = this.area.value;
  }

  /* Move the marks with what was typed: a part of the text in the place of another part. */
  #follow() {
    if (!this.marks.length) return;
    const [old, now] = [this.text, this.area.value];
    this.text = now;
    const [from, to] = changed(old, now, this.area.selectionEnd);
    for (const mark of this.marks) {
      if (mark.at > to || (mark.at === to && to > from)) mark.at += now.length - old.length;
      else if (mark.at > from) mark.at = from;
    }
  }
}

/* Which part of a text was replaced: [from, to]. The caret stands behind what is there now. */
function changed(old, now, caret) {
  const tail = now.slice(caret);
  const most = Math.min(old.length, now.length);
  const isTyped = old.endsWith(tail) && tail.length <= most;
  const same = isTyped ? tail.length : alike(most, (n) => old.at(-1 - n) === now.at(-1 - n));
  return [alike(most - same, (n) => old[n] === now[n]), old.length - same];
}

/* How many signs, one after the other, are the same in both. */
function alike(most, isSame) {
  let count = 0;
  while (count < most && isSame(count)) count += 1;
  return count;
}
