// Faults in the places of what a page shows, as sentences; `gap` is what stands at least between two columns.
(gap) => {
    const found = [], edge = document.documentElement.clientWidth;
    const words = (element) => element.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
    const extent = (element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return range.getBoundingClientRect();
    };
    const seen = (element) => element.checkVisibility() && element.getBoundingClientRect().width > 1;
    if (document.documentElement.scrollWidth > edge) found.push("something lies beside the screen");
    for (const row of document.querySelectorAll("tr")) {
        const cells = [...row.children].filter((cell) => seen(cell) && !cell.querySelector(":scope > .unseen:only-child")).map((cell) => [cell, extent(cell)]).filter(([, box]) => box.width);
        for (let at = 1; at < cells.length; at++) {
            const [[cell, left], [next, right]] = [cells[at - 1], cells[at]];
            const beside = left.top < right.bottom && right.top < left.bottom && left.left < right.left;
            if (beside && right.left - left.right < gap) found.push(`“${words(cell)}” touches “${words(next)}”`);
        }
    }
    const udi = /\b[A-Z][A-Z0-9./+-]+-K9:[A-Z]{3}[0-9A-Z]{8}\b/g;
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!seen(node.parentElement) || node.parentElement.closest("pre, textarea, option, .unseen")) continue;
        for (const match of node.data.matchAll(udi)) {
            const range = document.createRange();
            range.setStart(node, match.index);
            range.setEnd(node, match.index + match[0].length);
            if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) found.push(`${match[0]} is torn`);
        }
    }
    for (const element of document.querySelectorAll("main a, main button, main input, main select, main textarea, main h1, .badge")) {
        const box = element.getBoundingClientRect();
        if (seen(element) && (box.left < 0 || box.right > edge + 0.5)) found.push(`“${words(element)}” is cut at the edge`);
    }
    for (const table of document.querySelectorAll(".sheet table")) {
        const sheet = table.closest(".sheet"), inside = sheet.getBoundingClientRect().right - parseFloat(getComputedStyle(sheet).paddingRight);
        if (seen(table) && table.getBoundingClientRect().right > inside + 1) found.push(`“${words(table)}” stands out of its sheet`);
    }
    const shown = [...document.querySelectorAll("main button, main .button, .masthead a, nav a, summary")].filter(seen);
    for (const [at, one] of shown.entries()) for (const other of shown.slice(at + 1)) {
        const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
        const [x, y] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
        if (x > 1 && y > 1 && !one.contains(other)) found.push(`“${words(one)}” lies over “${words(other)}”`);
    }
    return found;
}
