/** Given and family names by language. Where the script is not Latin, `|` sets off the spelling of an e-mail address. */
export interface Names {
  readonly given: readonly string[]
  readonly family: readonly string[]
  /** The family name comes first. */
  readonly familyFirst?: true
}

const names = (given: string, family: string): Names => ({
  given: given.split(' '),
  family: family.split(' '),
})

export const namesByLanguage = {
  fr: names(
    'Camille Lucie Mathilde Inès Élodie Juliette Nadia Aïcha Théo Hugo Bastien Karim Étienne Rémi Solène Yann',
    'Fournier Girard Lemoine Perrin Chevalier Marchand Benali Diallo Roussel Leroux Delmas Faure Brunet Tessier Vasseur Kouyaté',
  ),
  de: names(
    'Lena Johanna Frieda Miriam Katharina Aylin Greta Jonas Felix Moritz Emre Lukas Konrad Anton Silke Henrike',
    'Brandt Köhler Winkler Lorenz Yıldız Seidel Ritter Ziegler Hartmann Vogt Kaya Böhm Pfeiffer Arndt Reimann Schütte',
  ),
  pt: names(
    'Inês Beatriz Mariana Joana Leonor Catarina Tiago Duarte Gonçalo Rui Miguel Thaís Bruno Rafaela Caio Luana',
    'Ferreira Carvalho Teixeira Nogueira Moreira Azevedo Barros Queirós Pacheco Figueiredo Tavares Machado Brandão Sampaio Valente Antunes',
  ),
  es: names(
    'Lucía Marta Núria Carmen Ximena Valeria Daniela Jordi Álvaro Pau Diego Emiliano Renata Andrés Julieta Iker',
    'Vidal Serrano Ortega Navarro Puig Roca Domínguez Villaseñor Cárdenas Ibarra Montes Quiroga Salazar Bautista Ferrer Rosales',
  ),
  en: names(
    'Hannah Imogen Priya Zoe Maya Tessa Callum Owen Femi Marcus Joel Rowan Leila Simone Ezra Harriet',
    'Whitfield Osborne Okafor Hughes Ramsay Doyle Kowalski Bennett Adeyemi Prescott Sinclair Nwosu Langley Fraser Hollis Drummond',
  ),
  sw: names(
    'Wanjiru Achieng Njeri Amina Wambui Zawadi Kamau Otieno Mwangi Baraka Juma Kiprono',
    'Mutua Ochieng Kariuki Wekesa Njoroge Odhiambo Kimani Cherono Omondi Gathoni Barasa Muthoni',
  ),
  af: names(
    'Thandi Lindiwe Anika Zanele Nomsa Carina Sipho Pieter Themba Ruan Lwazi Stefan',
    'Dlamini Botha Naidoo Khumalo Steyn Mokoena Jacobs Ndlovu Visser Sithole Adams Mbeki',
  ),
  ko: {
    ...names(
      '서연|seoyeon 민준|minjun 지우|jiwoo 하은|haeun 도윤|doyun 수아|sua 예준|yejun 지민|jimin 유진|yujin 현우|hyunwoo',
      '김|kim 이|lee 박|park 최|choi 정|jung 강|kang 조|cho 윤|yoon 장|jang 임|lim',
    ),
    familyFirst: true,
  },
  ja: {
    ...names(
      '美咲|misaki 陽菜|hina 結衣|yui 大輔|daisuke 翔太|shota 蓮|ren 千尋|chihiro 拓海|takumi 彩花|ayaka 直樹|naoki',
      '佐藤|sato 鈴木|suzuki 高橋|takahashi 田中|tanaka 渡辺|watanabe 中村|nakamura 小林|kobayashi 加藤|kato 吉田|yoshida 森|mori',
    ),
    familyFirst: true,
  },
  kn: names(
    'Ananya Meera Kavya Lakshmi Nandini Shreya Arjun Rohan Vikram Aditya Karthik Farhan',
    'Rao Iyer Hegde Nair Shetty Reddy Menon Kulkarni Bhat Gowda Krishnan Siddiqui',
  ),
} as const satisfies Record<string, Names>

export type NameLanguage = keyof typeof namesByLanguage
