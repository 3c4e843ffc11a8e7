/**
 * The codes of states, provinces and territories, and of military mail, by name: the two letters of USPS Publication 28
 * (appendix B) and of Canada Post. ShipStation wants these for addresses in the US and in Canada.
 */
export const STATE_CODES: Readonly<Record<'US' | 'CA', ReadonlyMap<string, string>>> = {
  US: byName(`
    AL Alabama; AK Alaska; AZ Arizona; AR Arkansas; CA California; CO Colorado; CT Connecticut; DE Delaware;
    DC District of Columbia; FL Florida; GA Georgia; HI Hawaii; ID Idaho; IL Illinois; IN Indiana; IA Iowa; KS Kansas;
    KY Kentucky; LA Louisiana; ME Maine; MD Maryland; MA Massachusetts; MI Michigan; MN Minnesota; MS Mississippi;
    MO Missouri; MT Montana; NE Nebraska; NV Nevada; NH New Hampshire; NJ New Jersey; NM New Mexico; NY New York;
    NC North Carolina; ND North Dakota; OH Ohio; OK Oklahoma; OR Oregon; PA Pennsylvania; RI Rhode Island;
    SC South Carolina; SD South Dakota; TN Tennessee; TX Texas; UT Utah; VT Vermont; VA Virginia; WA Washington;
    WV West Virginia; WI Wisconsin; WY Wyoming; AS American Samoa; GU Guam; MP Northern Mariana Islands;
    PR Puerto Rico; VI Virgin Islands; UM United States Minor Outlying Islands; FM Federated States of Micronesia;
    MH Marshall Islands; PW Palau; AA Armed Forces Americas; AE Armed Forces Europe; AP Armed Forces Pacific`),
  CA: byName(`
    AB Alberta; BC British Columbia; MB Manitoba; NB New Brunswick; NL Newfoundland and Labrador; NS Nova Scotia;
    NT Northwest Territories; NU Nunavut; ON Ontario; PE Prince Edward Island; QC Quebec; SK Saskatchewan; YT Yukon`),
};

/** Codes by other names that people and stores use. */
export const OTHER_STATE_NAMES: Readonly<Record<'US' | 'CA', ReadonlyMap<string, string>>> = {
  US: byName('DC Washington DC; VI US Virgin Islands; DC Washington D C; MA Commonwealth of Massachusetts'),
  CA: byName(`
    NL Newfoundland; NL Labrador; NL NF; NT Northwest Territory; YT Yukon Territory; YT YK; QC PQ; PE PEI;
    BC Colombie Britannique; NB Nouveau Brunswick; NL Terre Neuve et Labrador; NS Nouvelle Ecosse;
    NT Territoires du Nord Ouest; PE Ile du Prince Edouard`),
};

function byName(list: string): ReadonlyMap<string, string> {
  return new Map(
    list.split(';').map((entry) => {
      const text = entry.trim();
      return [text.slice(text.indexOf(' ') + 1), text.slice(0, text.indexOf(' '))];
    }),
  );
}
