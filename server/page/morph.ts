/**
 * Makes `node` like `wanted` and leaves in place what is alike, that what is opened stays open and the focus stays where it
 * is. Elements with another `data-key` are other ones.
 */
export function morph(node: Element, wanted: Element): void {
  morphAttributes(node, wanted);
  const children = [...wanted.childNodes];
  children.forEach((child, index) => {
    const present = node.childNodes[index];
    if (present === undefined) node.append(document.importNode(child, true));
    else if (present instanceof Element && child instanceof Element && isSame(present, child)) morph(present, child);
    else if (present instanceof Text && child instanceof Text) morphText(present, child);
    else present.replaceWith(document.importNode(child, true));
  });
  while (node.childNodes.length > children.length) node.lastChild?.remove();
}

function isSame(one: Element, other: Element): boolean {
  return one.nodeName === other.nodeName && one.getAttribute('data-key') === other.getAttribute('data-key');
}

function morphAttributes(node: Element, wanted: Element): void {
  for (const { name } of [...node.attributes]) {
    if (!wanted.hasAttribute(name) && name !== 'open') node.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
}

function morphText(node: Text, wanted: Text): void {
  if (node.data !== wanted.data) node.data = wanted.data;
}
