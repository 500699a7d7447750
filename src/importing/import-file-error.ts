type ImportFileFault =
  | 'not_found'
  | 'empty_file'
  | 'unknown_format'
  | 'not_json'
  | 'truncated'
  | 'incomplete_answer'
  | 'no_list_of_spaces'
  | 'no_name_column'
  | 'not_csv'

/**
 * The file as a whole cannot be read, or not to its end. Rows before the fault have been handed out already;
 * the message is one sentence for a person and names the byte or the line.
 */
export class ImportFileError extends Error {
  readonly code: ImportFileFault
  constructor(code: ImportFileFault, message: string) {
    super(message)
    this.name = 'ImportFileError'
    this.code = code
  }
}
