/**
 * What a language must say: every text that English has, under the same name.
 * @typeParam More the plural forms that the language has beside `one` and `other` (Unicode CLDR, Intl.PluralRules)
 */
export type Translated<English, More extends string = never> = {
  readonly [Key in keyof English]: English[Key] extends string ? string : Translated<English[Key], More>
} & {
  readonly [Key in keyof English as Key extends `${infer Text}_other` ? `${Text}_${More}` : never]: string
}
