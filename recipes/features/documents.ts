import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'documents',
  summary:
    'tools that get text out of documents and scans, watch folders, and search by words and by meaning',
  requirements: ['RAG-02', 'DATA-07', 'DSK-05'],
  options: {
    scanLanguages: {
      description: 'languages of scans that are read, as tesseract calls them: eng, deu, chi-sim',
      type: 'array',
      items: { type: 'string', pattern: '^[a-z]{3}(-[a-z]+)*$' },
      uniqueItems: true,
      default: ['eng'],
    },
    vectors: {
      description: 'search by meaning: faiss for Python, which takes vectors of a model that makes them',
      type: 'boolean',
      default: true,
    },
  },
  effect: ({ scanLanguages, vectors }) => ({
    packages: {
      debian: [
        ...(scanLanguages as string[]).map((language) => `tesseract-ocr-${language}`),
        ...(vectors ? ['python3-faiss'] : []),
      ],
    },
  }),
});
