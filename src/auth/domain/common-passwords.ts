/**
 * Passwords of ten characters or more that stand at the top of every leaked list, in lower case. Shorter ones need no
 * entry: the length rule refuses them.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `
  1234567890 0987654321 9876543210 0123456789 12345678900 12345678910 123456789a 123456789q 123456789z
  1234567890a 1234567890q a123456789 q123456789 a1234567890 123456789abc abc123456789 abcd123456 abcd1234567
  abcde12345 abcdef1234 abcdef123456 abcdefghij abcdefghijk 1a2b3c4d5e a1b2c3d4e5 a1b2c3d4e5f6 1q2w3e4r5t
  1q2w3e4r5t6y q1w2e3r4t5 q1w2e3r4t5y6 1qaz2wsx3edc 1qazxsw23edc 1qaz2wsx3edc4rfv zaq12wsxcde3 zaq1zaq1zaq1
  qwertyuiop qwertyuiop1 qwertyuiop123 qwertyuiop[] qwerty1234 qwerty12345 qwerty123456 qwerty123456789
  qwerty12345678 1234qwerty 12345qwert 12345qwerty 123456qwerty 123qwe123qwe qwe123qwe123 qweasdzxc1 qweasdzxc123
  qazwsxedc1 qazwsxedc123 qazwsxedcrfv asdfghjkl1 asdfghjkl; asdfghjkl123 asdfasdfasdf asdf123456 asdfgh123456
  zxcvbnm123 zxcvbnm1234 zxcvbnm,./ poiuytrewq lkjhgfdsa1 mnbvcxz123 azertyuiop azerty1234 azerty12345
  azerty123456 qwertzuiop qwertz1234 qwertz12345 qwertz123456 1111111111 2222222222 0000000000 7777777777
  8888888888 9999999999 1112223334 1122334455 112233445566 1212121212 1231231231 123123123123 123321123321
  1357924680 1472583690 147258369a 1029384756 11223344556 12344321234 1234512345 123451234512345 1234554321
  12345654321 123456654321 1234567123 1234567812345678 password01 password10 password11 password12 password123
  password1! password12! password123! password1234 password12345 password123456 password2020 password2021
  password2022 password2023 password2024 password2025 password2026 password@1 password@123 password!1 password!23
  passwordpassword mypassword mypassword1 newpassword newpassword1 yourpassword p@ssw0rd12 p@ssw0rd123
  p@ssword12 p@ssword123 pa$$word123 pa55word123 passw0rd12 passw0rd123 passw0rd1! p4ssw0rd12 p4ssw0rd123
  secretpassword changeme12 changeme123 changeme1234 changeit123 letmein123 letmein1234 letmein12345 letmeinnow
  welcome123 welcome1234 welcome12345 welcome123! welcome@123 welcome2020 welcome2023 welcome2024 welcome2025
  administrator administrator1 admin12345 admin123456 admin123123 admin@1234 adminadmin adminadmin1 superadmin
  superuser1 rootroot12 rootpassword root123456 toor123456 testtest12 testtest123 test123456 test1234567 testing123
  testing1234 testpassword user123456 username123 guestguest default123 temppassword temporary1 temp123456
  iloveyou12 iloveyou123 iloveyou1234 iloveyouso iloveyou4ever ilovejesus ilovemyself
  iloveyouforever loveyou123 lovelove12 lovely1234 princess12 princess123 princess1234 sunshine12 sunshine123
  sunshine1234 football12 football123 football1234 baseball12 baseball123 basketball basketball1 basketball123
  volleyball superman12 superman123 batman1234 batman12345 spiderman1 spiderman123 starwars12 starwars123 pokemon123
  pokemon1234 minecraft1 minecraft123 fortnite12 fortnite123 playstation xbox360123 counterstrike michael123
  michael1234 jessica123 jennifer12 jennifer123 charlie123 charlie1234 daniel1234 daniel12345 jordan1234 jordan2323
  ashley1234 andrew1234 thomas1234 matthew123 anthony123 nicole1234 samantha12 samantha123 alexander1 alexander123
  alexandra1 christian1 christopher christopher1 elizabeth1 elizabeth123 stephanie1 dragon1234 dragon12345
  dragon123456 monkey1234 monkey12345 monkey123456 shadow1234 shadow12345 master1234 master12345 master123456
  killer1234 hunter1234 hunter12345 ranger1234 trustno1trustno1 trustnoone whatever12 whatever123 whatever1234
  computer12 computer123 computer1234 internet12 internet123 internet1234 samsung123 samsung1234 google1234
  google12345 facebook12 facebook123 facebook1234 linkedin12 linkedin123 twitter1234 instagram1 instagram123
  microsoft1 microsoft123 windows123 windows1234 liverpool1 liverpool123 manchester manchester1 manchesterunited
  barcelona1 barcelona123 realmadrid realmadrid1 juventus12 arsenal123 chelsea123 chelsea1234 cheese1234 chocolate1
  chocolate12 chocolate123 strawberry strawberry1 butterfly1 butterfly12 butterfly123 blink182blink182 metallica1
  metallica123 mustang123 corvette12 ferrari123 mercedes12 summer2020 summer2021 summer2022 summer2023 summer2024
  summer2025 winter2020 winter2021 winter2022 winter2023 winter2024 winter2025 spring2023 spring2024 spring2025
  autumn2023 autumn2024 autumn2025 january123 february12 september1 september11 november11 december12 december25
  halloween1 christmas1 christmas12 christmas123 birthday12 birthday123 happy12345 happybirthday happyhappy
  hello12345 hello123456 hellohello hellohello1 helloworld helloworld1 helloworld123 goodmorning godisgood1
  jesuschrist jesus12345 blessed123 freedom123 freedom1234 america123 america1234 australia1 london1234 london2012
  newyork123 newyork1234 california california1 mexico1234 brasil1234 deutschland fuckyou123 fuckyou1234 fuckyou12345
  fuckoff123 motherfucker biteme1234 asshole123 correcthorsebatterystaple
  donaldduck mickeymouse mickeymouse1 harrypotter harrypotter1 gandalf123 snickers12 pepper1234 ginger1234 ginger12345
  cookie1234 cookie12345 banana1234 orange1234 purple1234 yellow1234 flower1234 flowers123 diamond123 silver1234
  golden1234 secret1234 secret12345 secret123456 security12 security123 security1234 access1234 access12345
  abc1234567 abc12345678 abc123abc123 aaaaaaaaaa aa12345678 aa123456789 aaa1234567 zzzzzzzzzz xxxxxxxxxx qqqqqqqqqq
  qq123456789 qq12345678 woaini1314 woaini1314520 5201314520 wang123456 zhang123456 li123456789 asd123456789
  `
    .trim()
    .split(/\s+/),
);
