/* shell/theme.ts -- Ant Design's tokens for a calm, dense workbench. */
import type { ThemeConfig } from 'antd';

export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#0b5a5c',
    colorInfo: '#0b5a5c',
    colorLink: '#0b5a5c',
    colorLinkHover: '#0e7a7d',
    colorTextBase: '#1c2426',
    colorTextPlaceholder: '#667073',
    colorTextDescription: '#566064',
    colorBgLayout: '#f4f6f6',
    controlItemBgActive: '#e3efef',
    controlItemBgActiveHover: '#d5e6e6',
    colorError: '#b3261e',
    colorWarning: '#8a5a00',
    colorSuccess: '#1b6e3c',
    borderRadius: 4,
    fontSize: 14,
    controlHeight: 32,
    motion: false,
    fontFamily:
      '-apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif',
  },
  components: {
    Table: { cellPaddingBlockSM: 5, cellPaddingInlineSM: 8, headerBg: '#f0f3f3', headerColor: '#1c2426' },
    Tabs: { horizontalItemPadding: '8px 0', horizontalMargin: '0' },
    Descriptions: { itemPaddingBottom: 4 },
    Form: { itemMarginBottom: 16 },
  },
};
