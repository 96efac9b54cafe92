"""Fictional names, streets, schools and addresses for the demonstration partnership.

No entry describes a real person. Shares follow the 2021 census for Wolverhampton in round figures, so that lists and
charts look like the city's. Ethnicity codes are those of the DfE's children in need census.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Community:
    """Names that go together in one family, with the share of the city's children who bear them."""

    ethnicity: str
    share: int
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    families: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    """Names by line or space; an underscore stands for a space inside a name."""
    return tuple(word.replace("_", " ") for word in text.split())


_ENGLISH_GIRLS = _words(
    "Abigail Alice Amelia Amy Ava Beth Caitlin Charlotte Chloe Daisy Eleanor Eliza Ella Ellie Emily "
    "Emma Erin Evie Faith Freya Georgia Grace Hannah Harriet Holly Imogen Isabelle Isla Jasmine "
    "Jessica Kayleigh Lacey Lauren Layla Lexi Libby Lily Lola Lucy Lydia Maddison Matilda Megan Mia "
    "Millie Molly Niamh Olivia Paige Phoebe Poppy Rose Ruby Scarlett Sienna Skye Sophie Summer Tia "
    "Tilly Willow Zara"
)
_ENGLISH_BOYS = _words(
    "Aaron Adam Aidan Alfie Archie Arthur Bailey Ben Bradley Brandon Callum Cameron Charlie Connor "
    "Daniel Declan Dylan Edward Elliot Ethan Ewan Finley Freddie George Harry Harvey Henry Hugo Isaac "
    "Jack Jacob Jake James Jamie Jayden Joe Jordan Joseph Joshua Jude Kai Kieran Leo Lewis Liam Logan "
    "Louie Luke Mason Max Nathan Noah Oliver Oscar Owen Reece Riley Rory Ryan Sam Sean Stanley Thomas "
    "Toby Tyler William Zachary"
)
_ENGLISH_FAMILIES = _words(
    "Adams Allen Aston Bailey Baker Banks Bayliss Bishop Bradley Brookes Butler Carter Cartwright "
    "Chapman Clarke Collins Cooper Cox Davies Dawson Dunn Edwards Ellis Evans Fellows Fisher Fletcher "
    "Foster Fox Gibbons Graham Green Griffiths Hall Harper Harris Harrison Hart Haynes Hickman Hill "
    "Holloway Howells Hughes Hunt Jackson James Jarvis Jenkins Johnson Jones Kelly King Knight Lane "
    "Lawrence Lewis Lloyd Marsh Marshall Mason Matthews Mills Moore Morgan Morris Murphy Newman "
    "Nicholls Onions Owen Palmer Parker Payne Pearce Perry Phillips Pitt Powell Price Pritchard Pugh "
    "Reed Reynolds Richards Roberts Robinson Rogers Rose Rowley Russell Saunders Shaw Shelton "
    "Simmonds Simpson Smith Spencer Stevens Stokes Taylor Thomas Thompson Tranter Turner Walker "
    "Walters Ward Watkins Watson Webb Westwood Wheeler White Whitehouse Wilkes Williams Wilson Wood "
    "Woodall Wright Yates Young"
)
_PUNJABI_GIRLS = _words(
    "Amandeep Amrit Anjali Anya Arpita Asha Avani Baljit Diya Gurleen Gurpreet Harleen Harpreet "
    "Ishika Jasleen Jaspreet Jaya Jeevan Kajal Karina Kavita Khushi Kiran Kirandeep Komal Mandeep "
    "Manisha Manpreet Meera Neha Nisha Pooja Prabhjot Preeti Priya Rajvir Ravneet Rhea Riya Ruhi "
    "Sandeep Sangeeta Saanvi Simran Sonia Sukhpreet Sunita Tanvi Tara Tejal"
)
_PUNJABI_BOYS = _words(
    "Aarav Ajay Akash Aman Amar Amit Amrit Anil Arjan Arjun Arun Baljinder Deepak Dev Dilraj Gagan "
    "Gurdeep Gurpreet Gursharan Harjit Harjot Harman Harvir Inder Jagdeep Jai Jaskaran Jasvir Jeevan "
    "Karan Karanveer Kuldeep Manraj Manvir Mohan Navdeep Nikhil Paramjit Parmvir Raj Rajan Ranveer "
    "Ravi Rohan Sachin Sahib Sukhdev Sunny Tejas Varun Vijay Vikram"
)
_PUNJABI_FAMILIES = _words(
    "Aujla Badhan Bains Banga Bansal Bassi Bhatti Bhogal Birdi Chahal Chana Chopra Chumber Dhaliwal "
    "Dhami Dhillon Dosanjh Gill Grewal Gupta Heer Jagpal Jassal Johal Kalsi Kang Kapoor Kaur Khatkar "
    "Kumar Lally Landa Mahay Mann Minhas Mistry Nagra Nijjar Pabla Panesar Patel Purewal Rai Randhawa "
    "Sahota Samra Sandhu Sangha Saini Sharma Shergill Sidhu Singh Sohal Sood Takhar Thandi Uppal "
    "Verma Virdee"
)

COMMUNITIES: tuple[Community, ...] = (
    Community("WBRI", 550, _ENGLISH_GIRLS, _ENGLISH_BOYS, _ENGLISH_FAMILIES),
    Community("AIND", 190, _PUNJABI_GIRLS, _PUNJABI_BOYS, _PUNJABI_FAMILIES),
    Community(
        "BCRB",
        50,
        _words(
            "Aaliyah Alicia Amara Ashanti Chantelle Crystal Destiny Ebony Gabrielle Imani Jada Janae Jasmine "
            "Kadisha Keisha Kiara Leah Monique Naomi Nia Rhianna Sade Shanice Shantel Simone Tamika Tiana "
            "Yasmin Zaria Zoe"
        ),
        _words(
            "Andre Anthony Carl Courtney Curtis Damian Darius Darnell Devonte Elijah Isaiah Jaden Jerome "
            "Josiah Kadeem Kyron Leon Malachi Malik Marcus Marlon Micah Nathaniel Omari Rashaun Reuben Theo "
            "Tyrell Tyrone Xavier"
        ),
        _words(
            "Anderson Bennett Blake Bogle Brown Campbell Clarke Daley Dixon Edwards Ferguson Francis Gayle "
            "Gordon Graham Grant Hamilton Henry Hylton Lindsay McKenzie Morgan Nelson Palmer Powell Reid "
            "Samuels Stewart Wallace Whyte"
        ),
    ),
    Community(
        "BAFR",
        40,
        _words(
            "Abena Adaeze Ama Amina Ayo Blessing Chidinma Efua Esther Faith Favour Folake Grace Hawa Ifeoma "
            "Joy Kemi Makeda Mercy Naledi Ngozi Nyasha Precious Rudo Ruth Tariro Temi Tendai Thandiwe Yetunde"
        ),
        _words(
            "Abdi Ade Ayodele Chidi Chinedu Daniel David Emeka Emmanuel Farai Femi Isaac Joel Kofi Kwame "
            "Kwesi Michael Musa Nathan Obinna Samuel Segun Simba Tapiwa Tatenda Tinashe Tobi Tunde Yaw Yusuf"
        ),
        _words(
            "Abdi Abebe Adeyemi Adu Afolabi Agyeman Asante Balogun Boateng Chikwanha Chukwu Dube Eze Gyamfi "
            "Ibrahim Mensah Moyo Mukasa Mwangi Ndlovu Nkosi Nwosu Obi Ogunleye Okafor Okeke Okoro Osei "
            "Sibanda Tesfaye"
        ),
    ),
    Community(
        "MWBC",
        50,
        _words(
            "Amara Amber Aaliyah Brooke Cassie Chantel Eden Ella Esme Gabrielle Jada Jasmine Kayla Keira "
            "Kiera Leah Leila Maya Mya Naomi Nevaeh Nia Raven Rhianna Shannon Skye Tia Tiana Zoe"
        ),
        _words(
            "Aaron Ashton Bailey Caleb Corey Curtis Dominic Elijah Ethan Isaac Jaden Jaylen Jayden Jerome "
            "Jordan Joshua Jude Kian Kyle Leon Lucas Marcus Micah Nathan Reece Theo Tyrell Tyrese Zane"
        ),
        _words(
            "Andrews Bailey Bennett Brown Campbell Clarke Davis Dawes Edwards Francis Gordon Grant Greene "
            "Hinds Johnson Lewis Lindo Martin Miller Morgan Nelson Palmer Powell Reid Richards Roberts "
            "Robinson Stewart Thompson Wright"
        ),
    ),
    Community(
        "APKN",
        30,
        _words(
            "Aisha Alina Amina Anum Areeba Ayesha Fatima Hafsa Haleema Hira Iqra Javeria Laiba Maham Maryam "
            "Mehwish Nadia Noor Rabia Sana Sumaira Zainab Zara Zoya"
        ),
        _words(
            "Adeel Ahmed Ali Asad Bilal Danish Faisal Fahad Hamza Haris Hassan Ibrahim Imran Junaid Kamran "
            "Mohsin Omar Saad Shahid Sohail Tariq Usman Yasir Zain"
        ),
        _words(
            "Ahmed Akhtar Ali Anwar Ashraf Aslam Aziz Bashir Butt Chaudhry Hussain Iqbal Javed Karim Khan "
            "Malik Mahmood Mirza Qureshi Rafiq Rashid Shah Sheikh Yousaf"
        ),
    ),
    Community(
        "ABAN",
        15,
        _words(
            "Afsana Amina Farhana Fahmida Jannat Mahfuza Nasima Nazia Rumana Sadia Sabina Shirin Sumaiya Tahmina Tasnim"
        ),
        _words("Abdul Arif Faruk Hasan Jamal Kamal Mahbub Mizan Nahid Rafi Rahim Rezaul Sabbir Shakil Tanvir"),
        _words("Ahmed Alam Ali Begum Chowdhury Haque Hossain Islam Khatun Khan Mia Miah Rahman Sarkar Uddin"),
    ),
    Community(
        "AOTH",
        25,
        _words(
            "Aditi Anh Bishakha Dilani Farida Gulalai Huong Laila Linh Maya Nilufar Parwana Prakriti Sarita "
            "Shabnam Tuyet"
        ),
        _words("Ahmad Bikash Farid Hamid Karim Khanh Minh Najib Nuwan Prabin Rohullah Sagar Sunil Tuan Wali Zabi"),
        _words("Ahmadi Fernando Gurung Hashimi Karimi Le Magar Nazari Nguyen Perera Pham Rai Rahimi Sherpa Thapa Tran"),
    ),
    Community(
        "WOTH",
        50,
        _words(
            "Agnieszka Aleksandra Alina Ana Andreea Anna Bianca Daria Elena Ewa Gabija Ieva Ioana Julia "
            "Kamila Karolina Kinga Laura Lena Maja Maria Martyna Monika Natalia Oliwia Patrycja Raluca Roxana "
            "Wiktoria Zuzanna"
        ),
        _words(
            "Adam Adrian Alexandru Andrei Antoni Bartosz Cosmin Cristian Dawid Denis Filip Ionut Jakub Jan "
            "Kacper Karol Lukas Mateusz Matei Mihai Mikolaj Oskar Patryk Piotr Radu Sebastian Stefan Szymon "
            "Tomas Vlad"
        ),
        _words(
            "Balan Bialek Bojko Ciobanu Dobre Dumitru Gajda Georgescu Ionescu Jankauskas Kaminski Kazlauskas "
            "Kowal Kozak Krawczyk Lewandowski Lupu Mazur Mazurek Munteanu Nowak Ozols Pavel Popa Popescu Rusu "
            "Sikora Stan Wojcik Zielinski"
        ),
    ),
)

NICKNAMES: tuple[tuple[str, str], ...] = (
    ("Abigail", "Abi"),
    ("Charlotte", "Charlie"),
    ("Isabelle", "Izzy"),
    ("Jessica", "Jess"),
    ("Kirandeep", "Kiran"),
    ("Megan", "Meg"),
    ("Nathaniel", "Nate"),
    ("Samuel", "Sam"),
    ("Thomas", "Tom"),
    ("Zachary", "Zac"),
)
"""Given name and the short form under which another agency may have recorded the same child."""

WARDS: tuple[str, ...] = (
    "Bilston North",
    "Bilston South",
    "Blakenhall",
    "Bushbury North",
    "Bushbury South and Low Hill",
    "East Park",
    "Ettingshall North",
    "Ettingshall South and Spring Vale",
    "Fallings Park",
    "Graiseley",
    "Heath Town",
    "Merry Hill",
    "Oxley",
    "Park",
    "Penn",
    "St Peter's",
    "Tettenhall Regis",
    "Tettenhall Wightwick",
    "Wednesfield North",
    "Wednesfield South",
)
"""The city's twenty wards since the boundaries changed in 2023."""

STREETS: tuple[str, ...] = tuple(
    f"{first} {second}"
    for second in ("Road", "Street", "Avenue", "Close", "Lane")
    for first in _words(
        "Alderholt Bankmere Birchcombe Bracknold Canalwick Coppermead Cranfold Dovemere Elmhallow "
        "Fernsett Foxlow Glebewick Hawkmere Hazelfold Ironbrook Jessamere Kestrelow Larchmoor Lockmere "
        "Mosswick Nettlefold Oakhallow Pennmere Quarrymead Rowanlow Saddlewick Thornmere Tollbrook "
        "Upperfold Wulfmere"
    )
)
"""Invented street names."""

OUTCODES: tuple[str, ...] = ("WV1", "WV2", "WV3", "WV4", "WV6", "WV10", "WV11", "WV14")
UNIT_LETTERS = "CIKMOV"
"""Letters which the second half of a British postcode never uses: an address made with them cannot be anybody's."""

SCHOOLS: tuple[str, ...] = (
    "Tettenford Academy",
    "Bilsworth Community School",
    "Wulfmere High School",
    "Pennfold Girls' School",
    "Oxbury Park School",
    "Canalwick Academy",
    "Ettingsbrook School",
    "Saint Wystan's Catholic School",
    "Graisewell Primary School",
    "Fallowpark Primary School",
    "Heathbrook Primary School",
    "Blakemere Junior School",
    "Wednesmoor Special School",
    "Lockside Learning Centre",
    "Wulfmere Sixth Form College",
)
"""Invented schools; some of them are partner agencies with people of their own (see `partnership`)."""

ADULT_GIVEN_NAMES: tuple[str, ...] = _words(
    "Alison Amarjit Angela Anita Anthony Balbir Carol Claudette Colin Darren Dawn Debbie Denise Gary "
    "Gurmit Helen Ian Jacqueline Jaswinder Joanne Karen Kelly Kevin Lisa Lorraine Mark Michelle "
    "Mohammed Natalie Neil Nicola Parveen Paul Rachel Rajinder Sarah Sharon Shazia Stephen Surinder "
    "Tracey Wayne Yvonne"
)
"""Parents and carers."""
