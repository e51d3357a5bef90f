// Published strings and a token made for this page, none of them a real person's.

export const EXAMPLES = [
  {
    name: 'Didomi',
    text: 'BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA.AQAACAFkVONkgUIavQPm.XF229L4wQrauAgOe/AGP0SP7fa7bclNhB0~CAISHAgCEhJnd3NfMjAyMzA0MDYtMF9SQzEaAmVuIAEaBgiAo82hBg',
  },
  { name: 'TC string', text: 'CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA.YAAAAAAAAAAA' },
  { name: 'GPP', text: 'DBACNY~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA~1YNN' },
  { name: 'Google AC', text: '2~1.35.41.101~dv.9.21.81' },
  { name: 'US Privacy', text: '1YNN' },
  {
    name: 'Didomi token',
    text: 'eyJ1c2VyX2lkIjoiMTg3NWFmZTEtNDYxYi02YjlmLTlkNjYtNzAwMTc0YWJiZmZjIiwiY3JlYXRlZCI6IjIwMjYtMDEtMDFUMDA6MDA6MDAuMDAwWiIsInVwZGF0ZWQiOiIyMDI2LTAyLTAxVDA4OjMwOjAwLjAwMFoiLCJ2ZXJzaW9uIjoyLCJwdXJwb3NlcyI6eyJlbmFibGVkIjpbImNvb2tpZXMiLCJhbmFseXRpY3MiXSwiZGlzYWJsZWQiOlsiZ2VvbG9jYXRpb25fZGF0YSJdfSwidmVuZG9ycyI6eyJlbmFibGVkIjpbImdvb2dsZSIsImM6aG90amFyIl0sImRpc2FibGVkIjpbXX19',
  },
];
