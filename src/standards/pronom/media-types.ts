/** The media types of formats for which the registry has none, or a wrong one: registered or usual ones. */
export const mediaTypes: Readonly<Record<string, string>> = {
  'fmt/51': 'application/rtf',
  'fmt/111': 'application/x-ole-storage',
  'fmt/189': 'application/vnd.openxmlformats-officedocument',
  'fmt/413': 'image/svg+xml',
  'fmt/484': 'application/x-7z-compressed',
  'fmt/494': 'application/x-ole-storage',
  'fmt/1564': 'application/vnd.etsi.asic-e+zip',
  'fmt/1827': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'fmt/1828': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'fmt/1829': 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'x-fmt/430': 'application/vnd.ms-outlook',
};
