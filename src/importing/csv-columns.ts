import { fold } from '../spaces/fold.ts'

/** What a column of a directory can be about. `personal` ones are recognised so that they are left out for certain. */
export type Column =
  | 'id' | 'name' | 'website' | 'street' | 'housenumber' | 'postcode' | 'city' | 'region' | 'country' | 'lat' | 'lon' | 'position'
  | 'description' | 'dayPrice' | 'monthPrice' | 'hourPrice' | 'currency' | 'hours' | 'capacity' | 'amenities' | 'languages'
  | 'brand' | 'otherNames' | 'freeTrial' | 'visa' | 'osmType' | 'wifi' | 'wheelchair' | 'status' | 'checkedOn' | 'personal' // prettier-ignore

/** Folded titles in the languages that directories come in; a bracketed rest of a title is looked at apart. */
const titles: Record<Column, RegExp> = {
  personal:
    /^(?:e ?mail.*|.*\be ?mails?|courriel|correo.*|mail( adresse)?|.*\b(?:phone|telephone|tel|fax|mobile|whatsapp|facebook|twitter|instagram|linkedin|youtube|skype|yelp|foursquare|tiktok)\b.*|phone.*|telefon.*|telephone.*|telefono.*|telefone.*|tel|handy|fax|contact( person| name)?|ansprechpartner.*|kontakt( person)?|contacto|owner|manager|inhaber|bio\b.*|logo.*|電話.*|电话.*|телефон.*|почта)$/,
  osmType: /^(?:type|osm type|element type)$/,
  id: /^(?:id|external id|externalid|space id|uuid|uid|guid|osm id|identifier|ref|reference|identifiant)$/,
  name: /^(?:name|names|name (?:en|fr|de|es|pt|it)|space name|space|name of (?:the )?(?:space|coworking).*|coworking( space| name)?( name)?|title|venue( name)?|nom|nom de l ?espace|nom du lieu|nombre( del espacio)?|nome( do espaco| dello spazio)?|naam|namn|navn|nazwa|nazev|nimi|bezeichnung|titel|titre|titulo|ime|isim|adi?|название|имя|наименование|назва|名前|名称|名稱|施設名|店名|スペース名|이름|상호|όνομα|שם|الاسم|ชื่อ)$/,
  website:
    /^(?:web ?site( url)?|web|url|homepage|home page|link|site( web| internet)?|webseite|internet(?:seite|adresse)?|pagina web|sitio( web)?|sito( web)?|site url|webbplats|strona( www)?|www|сайт|веб ?сайт|ウェブサイト|ホームページ|网址|网站|웹사이트|홈페이지)$/,
  street:
    /^(?:address|addresses|adresse|address line.*|address \d|street( address| name)?|strasse.*|straße.*|anschrift|adresse \d|rue|voie|direccion|calle|endereco|rua|indirizzo|via|adres|straat|ulica|gata|gatuadress|адрес|улица|адреса|住所|所在地|地址|주소|διεύθυνση|כתובת|العنوان)$/,
  housenumber: /^(?:house ?number|house no|hausnummer|hnr|numero de rue|street number|huisnummer|дом)$/,
  postcode:
    /^(?:zip.*|post ?code|postal ?code|postal|plz|postleitzahl|code postal|cp|codigo postal|cep|cap|pin ?code|postcode|postnummer|kod pocztowy|psc|индекс|почтовый индекс|郵便番号|邮编|우편번호)$/,
  city: /^(?:city|town|city town|city name|locality|stadt|ort|ortschaft|ville|commune|ciudad|localidad|poblacion|cidade|municipio|citta|comune|stad|plaats|miasto|mesto|kaupunki|by|город|місто|市|市区町村|城市|都市|도시|πόλη|עיר|المدينة)$/,
  region:
    /^(?:state.*|province|region|county|bundesland|land kreis|region etat|departement|estado|uf|provincia|regione|provincie|область|регион|都道府県|省|prefecture|district)$/,
  country:
    /^(?:country.*|land|staat|pays|pais|paese|nazione|kraj|zeme|maa|nation|страна|країна|国|国家|國家|국가|χώρα|מדינה|البلد)$/,
  lat: /^(?:lat|latitude|geo lat|breite|breitengrad|latitud|latitudine|y|ycoord|y coord|широта|緯度|纬度|위도|lat wgs84|latitude wgs84)$/,
  lon: /^(?:lon|lng|long|longitude|geo lo?ng?|laenge|lange|langengrad|laengengrad|longitud|longitudine|x|xcoord|x coord|долгота|довгота|経度|经度|경도|lon wgs84|longitude wgs84)$/,
  position:
    /^(?:coordinates?|coords?|geo|geo ?point( 2d)?|location|lat ?lo?ng?|latitude longitude|position|gps|koordinaten|coordonnees.*|coordenadas|coordinate|wkt|geom|geometry|координаты)$/,
  description:
    /^(?:description|about|beschreibung|descripcion|descricao|descrizione|omschrijving|opis|details|описание|説明|描述|설명)$/,
  dayPrice:
    /^(?:.*\bday (?:rate|pass|price)\b.*|.*\bdaily (?:rate|price)\b.*|price( day| per day)?|rate|daypass|tagespreis|tagesticket|preis( tag)?|prix( jour.*| journee)?|tarif( jour.*)?|precio( dia)?|preco( dia.*)?|diaria|prezzo|prijs( dag)?|cena( dzien)?|цена( за день)?|料金)$/,
  monthPrice:
    /^(?:.*\bmonth(?:ly)? (?:rate|price|fee|pass|membership)\b.*|price per month|monatspreis|preis monat|prix (?:mois|mensuel)|tarif mois|precio mes|preco mes|mensalidade|membership( price| fee)?|цена за месяц)$/,
  hourPrice:
    /^(?:.*\bhour(?:ly)? (?:rate|price)\b.*|price per hour|stundenpreis|prix heure|tarif heure|precio hora|preco hora)$/,
  currency: /^(?:currency|waehrung|wahrung|devise|moneda|moeda|valuta|waluta|валюта|通貨)$/,
  hours:
    /^(?:opening ?hours?|opening times?|hours|business hours|oeffnungszeiten|offnungszeiten|horaires?.*|horarios?.*|orari.*|openingstijden|godziny.*|часы работы|режим работы|営業時間|营业时间)$/,
  capacity:
    /^(?:capacity|desks|seats|number of (?:desks|seats)|places|capacite|capacidad|capacidade|kapazitaet|kapazitat|plaetze|arbeitsplaetze|postes|席数|мест)$/,
  amenities:
    /^(?:amenities|facilities|features|services|equipment|ausstattung|equipements|servicios|comodidades|servizi|удобства|設備)$/,
  languages: /^(?:languages?( spoken)?|sprachen?|langues?|idiomas?|lingue|языки?)$/,
  brand: /^(?:brand|chain|marke|marque|marca|enseigne|network)$/,
  otherNames: /^(?:alt(?:ernative)? names?|also known as|aka|other names?|old name)$/,
  freeTrial: /^(?:free (?:drop in|trial|day).*|trial( day)?|probetag|essai gratuit|prueba gratis)$/,
  visa: /^(?:.*coworking visa.*|visa( accepted)?)$/,
  wifi: /^(?:wi ?fi|wlan|internet)$/,
  wheelchair: /^(?:wheelchair.*|accessible|step free|barrierefrei|accessibilite|pmr)$/,
  status: /^(?:status|open closed|etat|estado actual|active)$/,
  checkedOn:
    /^(?:check(?:ed)?( ?on| date)?|last (?:checked|updated|confirmed|verified)|updated( at| on)?|stand|date|maj|mise a jour|timestamp)$/,
}

/** The meaning of a column title, or null for one that nobody knows. */
function columnOf(title: string): Column | null {
  const spellings = [
    title,
    title.replace(/\(.*?\)|\[.*?\]/g, ' '),
    title.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2'),
  ]
  // Folding takes the marks off letters that are letters of their own in Russian, so the plain form counts too.
  const readings = [...spellings.map(fold), title.normalize('NFC').trim().toLowerCase()]
  for (const reading of readings)
    for (const [column, pattern] of Object.entries(titles) as [Column, RegExp][])
      if (pattern.test(reading)) return column
  // 'addr:city', 'address_city', 'venue.lat': the last word of a composed title.
  const tail = fold(title.split(/[:._/]/).at(-1) ?? '')
  const found = (Object.entries(titles) as [Column, RegExp][]).find(([, pattern]) => pattern.test(tail))
  return found !== undefined && /[:._/]/.test(title) ? found[0] : null
}

/** Which columns of a record mean what; a record is a header when it names the name and something else. */
export function readHeader(cells: readonly string[]): (Column | null)[] | null {
  const columns = cells.map((cell) => columnOf(cell.slice(0, 100)))
  const known = new Set(columns.filter((column) => column !== null))
  return known.has('name') && known.size >= 2 ? columns : null
}

/** The currency sign that a price title names, as in 'Drop-in day rate ($)'. */
export function signOf(title: string): string | undefined {
  return /[$€£¥₹]|\b[A-Z]{3}\b/.exec(title)?.[0]
}
