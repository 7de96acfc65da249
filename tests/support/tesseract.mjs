/* A tesseract whose slowness is the test's to say, and files that go through it. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/* The beginning of a picture of 64 by 64 points; what stands on it, the tesseract above says. */
export const picture = Buffer.from('89504e470d0a1a0a0000000d49484452000000400000004008000000', 'hex');

/*
 * A tesseract that says what it began, waits while the gate is shut, and then gives the text of a
 * plan: how long recognising takes is the test's to say.
 */
export function fakeTesseract(folder) {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  /* A page as tesseract writes it: lines, then their words; each page says something of its own. */
  const page = (words) => `${['level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext',
    '1\t1\t0\t0\t0\t0\t0\t0\t1600\t2200\t-1\t',
    ...words.flatMap((w, i) => [`4\t1\t1\t1\t${i + 1}\t0\t200\t${200 + 80 * i}\t1000\t40\t-1\t`,
      `5\t1\t1\t1\t${i + 1}\t1\t200\t${200 + 80 * i}\t1000\t40\t90\t${w}`])].join('\n')}\n`;
  const pages = [['云政办发〔2031〕9号', '健康云沂行动扫描件实施方案', '一、健康教育行动', '1.建好健康讲堂。（市卫生健康委牵头，6月底前完成）'],
    ['2.办好健康副刊。（市委宣传部牵头，9月底前完成）', '二、全民健身行动', '3.铺好健身步道。（市体育局牵头，10月底前完成）'],
    ['4.组织工间操比赛。（市总工会牵头，11月底前完成）', '三、控烟行动', '5.劝导公共场所禁烟。（市城管局牵头，12月底前完成）']];
  pages.forEach((words, i) => { writeFileSync(join(bin, `page-${i}.tsv`), page(words)); });
  writeFileSync(join(bin, 'tesseract'), `#!/bin/sh
n=$(cat ${bin}/page 2>/dev/null | wc -l)
echo page >> ${bin}/page
echo begun >> ${bin}/begun
while [ -e ${bin}/shut ]; do sleep 0.1; done
cp ${bin}/page-$((n % ${pages.length})).tsv page.tsv
`, { mode: 0o755 });
  return {
    bin,
    /* What is recognised from now on waits, and begins with the first page. */
    shut: () => {
      rmSync(join(bin, 'page'), { force: true });
      writeFileSync(join(bin, 'shut'), '');
    },
    open: () => rmSync(join(bin, 'shut'), { force: true }),
    begun: () => (existsSync(join(bin, 'begun'))
      ? readFileSync(join(bin, 'begun'), 'utf8').split('\n').length - 1 : 0),
  };
}

/* A PDF of PAGES pages without a letter: as good as scanned. */
export function scannedPdf(pages) {
  const objects = ['<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages} /Kids [${Array.from({ length: pages }, (_, i) => `${i + 3} 0 R`).join(' ')}] >>`,
    ...Array.from({ length: pages }, () => '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 280] /Resources << >> >>')];
  let text = '%PDF-1.4\n';
  const at = objects.map((object, i) => {
    const from = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return from;
  });
  const xref = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`
    + at.map((from) => `${String(from).padStart(10, '0')} 00000 n \n`).join('')
    + `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(text);
}
