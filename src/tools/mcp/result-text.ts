import type { CallToolResult } from '@modelcontextprotocol/client';

type Block = CallToolResult['content'][number];

function sizeOf(base64: string): string {
  return `${Math.ceil((base64.length * 3) / 4)} bytes`;
}

function blockText(block: Block): string {
  switch (block.type) {
    case 'text':
      return block.text;
    case 'image':
    case 'audio':
      return `[${block.type} ${block.mimeType}, ${sizeOf(block.data)}, left out]`;
    case 'resource_link':
      return `[${block.name}: ${block.uri}]`;
    case 'resource':
      return 'text' in block.resource
        ? block.resource.text
        : `[${block.resource.uri}, ${sizeOf(block.resource.blob)}, left out]`;
  }
}

/** What a model is shown of a tool's result: its data as JSON where there is some, else its texts. */
export function resultText(result: CallToolResult): string {
  const { structuredContent, content } = result;
  if (structuredContent !== undefined && result.isError !== true) return JSON.stringify(structuredContent);
  return content.map(blockText).join('\n');
}
