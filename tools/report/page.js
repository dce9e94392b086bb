// SPDX-License-Identifier: GPL-2.0-only
// A row and its line of source go together. Without this the links do the same.
"use strict";
(function () {
	const rows = Array.from(document.querySelectorAll("li.row"));
	const source = document.querySelector("aside.source");
	let now = -1, line = null;

	function show_line(id) {
		if (line)
			line.classList.remove("sel");
		line = id ? document.getElementById(id) : null;
		if (!line)
			return;
		line.classList.add("sel");
		source.scrollTop += line.getBoundingClientRect().top -
			source.getBoundingClientRect().top - source.clientHeight / 2;
	}

	function select(i, scroll) {
		const at = rows[i] && rows[i].querySelector(".at");

		if (!rows[i])
			return;
		if (rows[now])
			rows[now].classList.remove("sel");
		now = i;
		rows[i].classList.add("sel");
		if (scroll)
			rows[i].scrollIntoView({ block: "nearest" });
		if (at)
			show_line(at.hash.slice(1));
	}

	function next_mark() {
		for (let k = 1; k <= rows.length; k++) {
			const i = (now + k) % rows.length;

			if (rows[i].matches(".dec, .pre") || rows[i].querySelector(".op.fail"))
				return select(i, true);
		}
	}

	rows.forEach(function (row, i) {
		row.addEventListener("click", function (ev) {
			if (String(getSelection()))
				return;
			if (ev.target.closest(".at"))
				ev.preventDefault();
			select(i, false);
		});
	});
	document.addEventListener("keydown", function (ev) {
		if (ev.ctrlKey || ev.altKey || ev.metaKey || !rows.length)
			return;
		if (ev.key === "j")
			select(Math.min(now + 1, rows.length - 1), true);
		else if (ev.key === "k")
			select(Math.max(now - 1, 0), true);
		else if (ev.key === "d")
			next_mark();
	});

	function select_target() {
		const i = rows.findIndex((r) => "#" + r.id === location.hash);

		select(i, true);
		return i >= 0;
	}

	window.addEventListener("hashchange", select_target);
	document.querySelectorAll(".copy").forEach(function (button) {
		button.addEventListener("click", function () {
			const code = button.previousElementSibling, range = document.createRange();

			range.selectNodeContents(code);
			getSelection().removeAllRanges();
			getSelection().addRange(range);
			if (navigator.clipboard)
				navigator.clipboard.writeText(code.textContent).catch(function () {});
			button.textContent = "copied";
		});
	});
	if (!select_target())
		select(rows.findIndex((r) => r.classList.contains("dec")), false);
})();
