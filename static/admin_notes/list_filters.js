/* Filters of the admin's lists: choosing a row in a select is enough, no button is needed. */

const $ = window.django?.jQuery;

for (const form of document.querySelectorAll("form[data-submit-on-choice]")) {
  // Select2 tells of a choice by jQuery's events alone.
  $?.(form).on("change", "select", () => {
    const select = form.querySelector("select");
    select.disabled = select.value === ""; // an empty one need not be in the address
    form.submit();
  });
  // Select2 makes its box later than this, and gives it no name where nothing is chosen.
  $?.(() => {
    const box = form.querySelector(".select2-selection__rendered");
    box?.setAttribute("aria-label", form.querySelector("label").textContent);
  });
}
