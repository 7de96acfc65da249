/* words/labels.ts -- how a line of a Chinese official document begins and ends. */

/** 一、 第二章 （三）, and little behind it. */
export const HEADING = /^(第[一二三四五六七八九十百]+[章节部分]+|[一二三四五六七八九十百]+、|[（(][一二三四五六七八九十百]+[)）])[^。；]{1,40}$/;
/** 1. (2) ③ */
export const ITEM = /^\s*(\d{1,3}\s*[.．、]|[（(]\d{1,3}[)）]|[①-⑳])/;
/** The end of a sentence. */
export const SENTENCE = /[。；：！？）)]\s*$/;
