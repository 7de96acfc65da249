/*
 * fakes.mjs -- a mail server and an HTTP gateway at the border: what they were given, in order.
 *
 *     const mail = await fakeMail();       // mail.url, mail.letters: [{ id, from, to, subject, text }]
 *     mail.refuse = (to) => to === 'x@y';  // 550 for this recipient
 *     await mail.close();                  // down: nothing answers any more
 *     await mail.open();                   // up again, at the same port
 */
import { once } from 'node:events';
import { createServer as createHttp } from 'node:http';
import { createServer } from 'node:net';

const decodeWords = (text) => text.replaceAll(/=\?utf-8\?B\?([^?]*)\?=\s*/gi, (_, b) => Buffer.from(b, 'base64').toString('latin1'));
const header = (head, name) => {
  const line = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n').find((l) => l.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim();
};

function letter(from, to, raw) {
  const at = raw.indexOf('\r\n\r\n');
  const head = raw.slice(0, at);
  const whole = raw.slice(at + 4).replaceAll('\r\n..', '\r\n.');
  const boundary = head.match(/boundary="?([^";\r\n]+)/)?.[1];
  const one = boundary === undefined ? whole : whole.split(`--${boundary}`)[1]; // one part, and it is the text
  const part = boundary === undefined ? one : one.slice(one.indexOf('\r\n\r\n') + 4);
  return {
    from, to,
    id: header(head, 'message-id'),
    subject: Buffer.from(decodeWords(header(head, 'subject') ?? ''), 'latin1').toString('utf8'),
    text: Buffer.from(part, 'base64').toString('utf8').replaceAll('\r\n', '\n'),
  };
}

class FakeMail {
  letters = [];
  refuse = () => false;
  port = 0;
  sockets = new Set();

  async open() {
    this.server = createServer((socket) => {
      let buffer = '', data = null, from, to;
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('error', () => undefined); // the other side may be killed
      socket.setEncoding('latin1');
      socket.write('220 fake\r\n');
      socket.on('data', (chunk) => {
        buffer += chunk;
        for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
          const line = buffer.slice(0, end);
          buffer = buffer.slice(end + 2);
          if (data !== null) {
            if (line !== '.') { data += `${line}\r\n`; continue; }
            this.letters.push(letter(from, to, data));
            data = null;
            socket.write('250 taken\r\n');
          } else if (/^MAIL FROM:/i.test(line)) {
            from = line.match(/<(.*)>/)[1];
            socket.write('250 ok\r\n');
          } else if (/^RCPT TO:/i.test(line)) {
            to = line.match(/<(.*)>/)[1];
            socket.write(this.refuse(to) ? '550 no such mailbox\r\n' : '250 ok\r\n');
          } else if (/^DATA/i.test(line)) {
            data = '';
            socket.write('354 go on\r\n');
          } else if (/^QUIT/i.test(line)) {
            socket.end('221 bye\r\n');
          } else {
            socket.write('250 ok\r\n');
          }
        }
      });
    });
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = this.server.address().port;
    this.url = `smtp://127.0.0.1:${this.port}`;
    return this;
  }

  async close() {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await once(this.server, 'close');
  }
}

export const fakeMail = async () => new FakeMail().open();

/* A gateway that takes posts: `posts` are { headers, body (parsed), raw }; `status` is what it answers. */
export async function fakeGateway() {
  const gateway = { posts: [], status: 200 };
  const server = createHttp((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8');
      if (gateway.status === 200) gateway.posts.push({ headers: request.headers, raw, body: JSON.parse(raw) });
      response.writeHead(gateway.status).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  gateway.url = `http://127.0.0.1:${server.address().port}/post`;
  gateway.close = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return gateway;
}
