(function () {
  var box = document.createElement('input');
  box.type = 'search';
  box.placeholder = 'Filter the rows of all tables';
  box.setAttribute('aria-label', box.placeholder);
  document.querySelector('nav').append(box);
  box.addEventListener('input', function () {
    var wanted = box.value.trim().toLowerCase();
    document.querySelectorAll('main table').forEach(function (table) {
      var found = 0;
      table.querySelectorAll('tbody tr').forEach(function (row) {
        row.hidden = !row.textContent.toLowerCase().includes(wanted);
        found += row.hidden ? 0 : 1;
      });
      table.closest('.scroll').hidden = found === 0;
    });
  });
})();
