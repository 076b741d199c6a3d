// A conversation with the server that handed this page out; it keeps nothing.
import { answer, models } from './server.mjs';

const $ = (id) => document.getElementById(id);
const hint = $('status').textContent;
/** What was asked and answered, as the server wants it. */
let messages = [];
/** Ends the answer under way. */
let running;

$('form').addEventListener('submit', (event) => {
  event.preventDefault();
  if (running) return running.abort();
  const question = $('question').value.trim();
  if (question) ask(question);
});
$('question').addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  if (!running) $('form').requestSubmit();
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') running?.abort();
});
$('new').addEventListener('click', () => {
  running?.abort();
  messages = [];
  for (const article of document.querySelectorAll('article')) article.remove();
  $('welcome').hidden = false;
  show('');
  $('question').focus();
});
greet();
$('question').focus();

async function greet() {
  try {
    const names = await models();
    $('model').textContent = names[0] ?? '';
    $('model').hidden = names.length > 1;
    $('models').hidden = names.length < 2;
    $('models').replaceChildren(...names.map((name) => new Option(name)));
    show('');
  } catch (error) {
    show(error.message);
    setTimeout(greet, 3000);
  }
}

async function ask(question) {
  $('question').value = '';
  $('welcome').hidden = true;
  show('');
  add('question').textContent = question;
  const article = add('answer');
  article.textContent = '…';
  $('send').textContent = 'Cancel';
  $('status').textContent = 'The model is reading…';
  running = new AbortController();
  const asked = [...messages, { role: 'user', content: question }];
  let text = '';
  try {
    for await (const piece of answer(asked, $('models').value || 'default', running.signal)) {
      text += piece;
      article.textContent = text;
      $('status').textContent = 'The model is answering…';
      $('conversation').scrollTop = $('conversation').scrollHeight;
    }
  } catch (error) {
    if (error.name !== 'AbortError') show(error.message);
  }
  running = undefined;
  $('send').textContent = 'Ask';
  $('status').textContent = hint;
  if (text) finish(article, text, asked);
  else article.remove();
  $('question').focus();
}

/** Shows blocks of code as such, and offers the text to the clipboard. */
function finish(article, text, asked) {
  messages = [...asked, { role: 'assistant', content: text }];
  const parts = text.split(/^```.*$/m).map((part, index) => {
    const code = index % 2 === 1;
    const element = document.createElement(code ? 'pre' : 'span');
    element.textContent = code ? part.replace(/^\n|\n$/g, '') : part;
    return element;
  });
  const copy = document.createElement('button');
  copy.textContent = 'Copy';
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text);
    copy.textContent = 'Copied';
  });
  article.replaceChildren(...parts, copy);
  $('conversation').scrollTop = $('conversation').scrollHeight;
}

function add(kind) {
  const article = document.createElement('article');
  article.className = kind;
  $('conversation').append(article);
  return article;
}

function show(problem) {
  $('problem').textContent = problem;
  $('problem').hidden = !problem;
}
