import type { DepartmentCode } from '#domain/programme.ts';

/** A real town of the demonstration edition, with the position of its centre (WGS 84, placed by hand). */
export interface Town {
  readonly name: string;
  readonly department: DepartmentCode;
  readonly postalCode: string;
  readonly lat: number;
  readonly lon: number;
}

const TOWNS = `
Lyon|69|69002|45.7600|4.8357
Grenoble|38|38000|45.1885|5.7245
Clermont-Ferrand|63|63000|45.7772|3.0870
Saint-Étienne|42|42000|45.4397|4.3872
Annecy|74|74000|45.8992|6.1294
Valence|26|26000|44.9334|4.8924
Aurillac|15|15000|44.9260|2.4404
Dijon|21|21000|47.3220|5.0415
Besançon|25|25000|47.2378|6.0241
Auxerre|89|89000|47.7982|3.5738
Nevers|58|58000|46.9896|3.1590
Mâcon|71|71000|46.3069|4.8300
Belfort|90|90000|47.6397|6.8638
Rennes|35|35000|48.1113|-1.6800
Brest|29|29200|48.3904|-4.4861
Quimper|29|29000|47.9960|-4.1024
Lorient|56|56100|47.7483|-3.3702
Vannes|56|56000|47.6582|-2.7608
Saint-Brieuc|22|22000|48.5141|-2.7603
Tours|37|37000|47.3941|0.6848
Orléans|45|45000|47.9029|1.9093
Blois|41|41000|47.5881|1.3340
Bourges|18|18000|47.0810|2.3988
Chartres|28|28000|48.4439|1.4890
Châteauroux|36|36000|46.8103|1.6911
Ajaccio|2A|20000|41.9210|8.7386
Bastia|2B|20200|42.6973|9.4480
Corte|2B|20250|42.3058|9.1491
Porto-Vecchio|2A|20137|41.5911|9.2795
Strasbourg|67|67000|48.5834|7.7480
Metz|57|57000|49.1193|6.1757
Nancy|54|54000|48.6921|6.1844
Reims|51|51100|49.2583|4.0317
Mulhouse|68|68100|47.7508|7.3359
Troyes|10|10000|48.2973|4.0744
Charleville-Mézières|08|08000|49.7735|4.7205
Lille|59|59000|50.6366|3.0635
Amiens|80|80000|49.8941|2.2958
Arras|62|62000|50.2910|2.7775
Beauvais|60|60000|49.4295|2.0807
Laon|02|02000|49.5640|3.6199
Dunkerque|59|59140|51.0344|2.3768
Paris|75|75010|48.8720|2.3600
Cergy|95|95000|49.0364|2.0761
Montreuil|93|93100|48.8638|2.4485
Versailles|78|78000|48.8014|2.1301
Créteil|94|94000|48.7904|2.4556
Évry-Courcouronnes|91|91000|48.6298|2.4418
Rouen|76|76000|49.4432|1.0993
Caen|14|14000|49.1829|-0.3707
Le Havre|76|76600|49.4944|0.1079
Cherbourg-en-Cotentin|50|50100|49.6386|-1.6163
Évreux|27|27000|49.0241|1.1508
Alençon|61|61000|48.4329|0.0919
Bordeaux|33|33000|44.8378|-0.5792
Limoges|87|87000|45.8316|1.2578
Poitiers|86|86000|46.5802|0.3404
La Rochelle|17|17000|46.1603|-1.1480
Pau|64|64000|43.2985|-0.3708
Angoulême|16|16000|45.6484|0.1562
Guéret|23|23000|46.1713|1.8715
Montpellier|34|34000|43.6108|3.8767
Toulouse|31|31000|43.6045|1.4440
Nîmes|30|30000|43.8367|4.3601
Perpignan|66|66000|42.6986|2.8956
Albi|81|81000|43.9293|2.1480
Rodez|12|12000|44.3506|2.5728
Cahors|46|46000|44.4475|1.4410
Nantes|44|44000|47.2184|-1.5536
Angers|49|49000|47.4711|-0.5518
Le Mans|72|72000|48.0061|0.1996
Laval|53|53000|48.0706|-0.7734
La Roche-sur-Yon|85|85000|46.6705|-1.4260
Saint-Nazaire|44|44600|47.2800|-2.2100
Marseille|13|13001|43.2985|5.3790
Nice|06|06000|43.7034|7.2663
Toulon|83|83000|43.1257|5.9304
Avignon|84|84000|43.9480|4.8080
Gap|05|05000|44.5594|6.0786
Digne-les-Bains|04|04000|44.0925|6.2356
Pointe-à-Pitre|971|97110|16.2411|-61.5331
Basse-Terre|971|97100|15.9985|-61.7260
Les Abymes|971|97139|16.2727|-61.5025
Cayenne|973|97300|4.9372|-52.3260
Kourou|973|97310|5.1560|-52.6503
Saint-Laurent-du-Maroni|973|97320|5.4980|-54.0280
Fort-de-France|972|97200|14.6060|-61.0700
Le Lamentin|972|97232|14.6138|-60.9964
Saint-Pierre|972|97250|14.7427|-61.1735
Mamoudzou|976|97600|-12.7806|45.2278
Dzaoudzi|976|97615|-12.7860|45.2760
Dembéni|976|97660|-12.8422|45.1806
Saint-Denis|974|97400|-20.8820|55.4500
Saint-Pierre|974|97410|-21.3380|55.4781
Saint-Paul|974|97460|-21.0096|55.2730
Saint-Benoît|974|97470|-21.0339|55.7131
`;

export const towns: readonly Town[] = TOWNS.trim()
  .split('\n')
  .map((row) => {
    const [name, department, postalCode, lat, lon] = row.split('|');
    return { name: name!, department: department!, postalCode: postalCode!, lat: Number(lat), lon: Number(lon) };
  });

/** Invented houses: nobody is sent to a real door by a fictional event. */
export const houses: readonly (readonly [name: string, address: string, access: readonly [fr: string, en: string]])[] =
  [
    [
      'Salle des Tilleuls',
      '12 rue des Écoles',
      ['Entrée de plain-pied par la cour.', 'Step-free entrance through the courtyard.'],
    ],
    [
      'Halle du Lavoir',
      '3 place du Lavoir',
      ['Rampe à gauche de la porte principale.', 'Ramp to the left of the main door.'],
    ],
    [
      'Médiathèque La Girouette',
      '27 avenue du Moulin',
      ['Ascenseur dans le hall, salle au premier étage.', 'Lift in the hall, room on the first floor.'],
    ],
    [
      'Maison des Passerelles',
      '8 quai des Barques',
      ['Sonner au portail bleu, accès de plain-pied.', 'Ring at the blue gate, step-free access.'],
    ],
    [
      'Atelier du Vieux Manège',
      '41 rue du Manège',
      ["Trois marches à l'entrée, rampe sur demande.", 'Three steps at the entrance, ramp on request.'],
    ],
    [
      'Amphithéâtre des Hirondelles',
      '5 allée des Hirondelles',
      [
        'Places réservées aux fauteuils au premier rang, boucle magnétique.',
        'Wheelchair places in the front row, induction loop.',
      ],
    ],
    [
      'Maison des Agents',
      '16 rue de la Fontaine',
      ['Accueil au rez-de-chaussée, ascenseur.', 'Reception on the ground floor, lift.'],
    ],
    [
      'La Fabrique du Quai',
      '2 quai du Chaland',
      ['Accès par le quai, sol pavé sur vingt mètres.', 'Access along the quay, cobbled for twenty metres.'],
    ],
    [
      'Centre des Trois Ponts',
      '60 boulevard des Trois-Ponts',
      ['Arrêt de bus devant la porte.', 'Bus stop at the door.'],
    ],
    [
      'Espace Les Amandiers',
      '19 chemin des Amandiers',
      [
        'Parking et deux places adaptées devant le bâtiment.',
        'Car park and two adapted spaces in front of the building.',
      ],
    ],
    [
      'Ancienne Gare des Marchandises',
      '1 rue du Quai-Haut',
      ['Entrée côté cour, porte large.', 'Entrance on the yard side, wide door.'],
    ],
    [
      'Salle du Conseil',
      '10 place de la Halle',
      ["Ascenseur à droite de l'escalier d'honneur.", 'Lift to the right of the main staircase.'],
    ],
  ];

/** Invented public bodies; `{town}` is the town of the event. */
export const organisers: readonly string[] = [
  'Laboratoire La Passerelle',
  'Laboratoire Le Gué',
  'Laboratoire La Vigie',
  'Atelier du service public de {town}',
  "Mission innovation de l'agglomération de {town}",
  'Réseau des accueils du Val-Serein',
  'Centre hospitalier des Tilleuls, {town}',
  'Université des Trois-Rivières',
  'École des métiers publics de {town}',
  'Service des usages numériques de {town}',
  "Agence publique de l'eau du Val-Serein",
  'Maison de services de {town}',
  'Communauté de communes du Haut-Chemin',
  "Office public de l'habitat Les Quatre-Vents",
  'Service départemental des solidarités, {town}',
  'Observatoire public des mobilités douces',
];
