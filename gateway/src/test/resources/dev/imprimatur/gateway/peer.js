// A subscriber over the npm package `ws`. Notes each event on a line of its own, acknowledges it, and every fortieth time
// drops its connection before it does. Arguments: URL, file. The token is in TOKEN.
const fs = require('fs');
const WebSocket = require('ws');

const [url, file] = process.argv.slice(2);
let seen = 0;

function connect() {
  const ws = new WebSocket(url);
  const say = (message) => ws.send(JSON.stringify(message));
  ws.on('open', () => say({type: 'hello', token: process.env.TOKEN, client: 'peer', role: 'subscriber'}));
  ws.on('message', (text) => {
    const message = JSON.parse(text);
    if (message.type === 'welcome') {
      console.log('in');
      say({type: 'subscribe', name: 'peer', from: 0});
    } else if (message.type === 'event') {
      fs.appendFileSync(file, JSON.stringify(message) + '\n');
      seen += 1;
      if (seen % 40 === 0) {
        ws.terminate();
      } else {
        say({type: 'ack', id: message.id});
      }
    } else if (message.type === 'error') {
      console.log(JSON.stringify(message));
    }
  });
  ws.on('error', () => {});
  ws.on('close', (code) => {
    console.log('closed ' + code);
    setTimeout(connect, 200);
  });
}

connect();
